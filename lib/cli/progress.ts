import { SingleBar } from "cli-progress";
import { formatDuration } from "./format-duration.ts";
import { terminalWidth } from "./terminal-width.ts";

/** One line at the bottom of a terminal that says how far a phase is. */
export interface Progress {
  /** Starts a phase; the one before it ends. */
  begin(label: string, total: number, unit: string): void;
  /** How much of the phase is done; `label` may change on the way (the file being read). */
  update(done: number, label?: string): void;
  /** Takes the line away. */
  end(): void;
}

const silent: Progress = { begin() {}, update() {}, end() {} };

/** A bar on `stream` if that is a terminal and `quiet` is off; into a pipe or a file not one byte is written. */
export function progressOn(stream: NodeJS.WriteStream, quiet: boolean): Progress {
  return quiet || stream.isTTY !== true ? silent : barOn(stream);
}

function barOn(stream: NodeJS.WriteStream): Progress {
  let bar: SingleBar | null = null;
  let label = "";
  let unit = "";
  const end = (): void => {
    bar?.stop();
    bar = null;
  };
  // A process that is told to end at once still owes the terminal its cursor.
  process.once("exit", end);
  return {
    begin(first, total, counted) {
      end();
      label = first;
      unit = counted;
      bar = new SingleBar({
        stream,
        clearOnComplete: true,
        hideCursor: true,
        // Ctrl-C is the command's own business: it ends the bar on its way out.
        gracefulExit: false,
        format: (_, at) => line(label, unit, at.value, at.total, Number(at.eta), terminalWidth(stream)),
      });
      bar.start(total, 0);
    },
    update(done, text) {
      label = text ?? label;
      bar?.update(done);
    },
    end,
  };
}

/** "reading 3 of 9 files  [#####.....]  42%  12/30 tiles  8 s left", never wider than the terminal. */
export function line(label: string, unit: string, done: number, total: number, eta: number, width: number): string {
  const share = total > 0 ? Math.min(1, done / total) : 0;
  const left = done > 0 && done < total && Number.isFinite(eta) ? `  ${formatDuration(Math.max(1, eta))} left` : "";
  const tail = `${String(Math.floor(share * 100)).padStart(3)}%  ${done}/${total} ${unit}${left}`;
  // One column stays free, or some terminals wrap.
  const room = width - 1 - tail.length - label.length - 6;
  if (room < 5) return `${label}  ${tail}`.slice(0, Math.max(0, width - 1));
  const size = Math.min(40, room);
  const full = Math.round(share * size);
  return `${label}  [${"#".repeat(full)}${".".repeat(size - full)}]  ${tail}`;
}
