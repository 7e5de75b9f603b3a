import { execFileSync } from 'node:child_process';

/** A process, told from a later one with the same number by when it started. */
export interface Process {
  pid: number;
  parent: number;
  state: string;
  started: string;
  command: string;
}

function list(): Process[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,lstart=,command='], { encoding: 'utf8' });
  return table.split('\n').flatMap((line) => {
    const [, pid, parent, state = '', started = '', command = ''] =
      /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(\S+\s+\S+\s+\S+\s+\S+\s+\S+)\s+(.*)$/.exec(line) ?? [];
    return pid ? [{ pid: Number(pid), parent: Number(parent), state, started, command }] : [];
  });
}

/** The children of a process, and theirs. */
export function descendants(pid: number, all = list()): Process[] {
  return all.filter(({ parent }) => parent === pid).flatMap((child) => [child, ...descendants(child.pid, all)]);
}

/** The commands of those that have not ended. */
export function stillRunning(family: Process[]): string[] {
  const now = list();
  return family
    .filter(({ pid, started }) =>
      now.some((other) => other.pid === pid && other.started === started && !other.state.startsWith('Z')),
    )
    .map(({ command }) => command);
}
