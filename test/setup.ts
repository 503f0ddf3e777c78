// Programs that tests start decide about colours by these; what the surroundings of a run say (CI does) must not reach them.
for (const name of ["CI", "FORCE_COLOR", "NO_COLOR"]) delete process.env[name];
