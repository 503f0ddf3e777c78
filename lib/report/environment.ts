/** The machine and the programs behind a result: facts that the caller gathers, for the report asks nobody itself. */
export interface ReportEnvironment {
  /** Version of the package. */
  readonly version: string;
  /** When the comparison was made, as an ISO 8601 time. */
  readonly created: string;
  /** The command line, where there was one. */
  readonly command: string | null;
  readonly node: string;
  /** Platform, release and architecture, e.g. `linux 6.1.0 x64`. */
  readonly os: string;
  readonly cpu: string;
  /** Cores that the process may use. */
  readonly cores: number;
  readonly blas: { readonly config: string; readonly core: string; readonly threads: number };
}
