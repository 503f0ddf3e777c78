import { ArgumentError } from "../errors.ts";

/** A command line that cannot be meant so. `hint` says what to type. */
export class UsageError extends ArgumentError {
  readonly hint: string | null;

  constructor(message: string, hint: string | null = null) {
    super("INVALID_ARGUMENT", message);
    this.hint = hint;
  }
}
