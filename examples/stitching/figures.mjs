export function figures() { return {}; }
