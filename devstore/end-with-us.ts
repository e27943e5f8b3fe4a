import { spawn } from 'node:child_process';

/**
 * PostgreSQL outlives whoever started it. This waits for our end, however it comes (its input closes),
 * and then stops PostgreSQL cleanly and removes what was only for us.
 */
const watch = `
  cat > /dev/null
  kill -INT "$1"
  for turn in $(seq 200); do kill -0 "$1" || break; sleep 0.1; done
  shift
  rm -rf -- "$@"
`;

/** Answers how to call it off, once PostgreSQL was stopped in the ordinary way. */
export function endWithUs(pid: number, scratch: string[]): () => void {
  const watcher = spawn('/bin/sh', ['-c', watch, 'laurel-watch', String(pid), ...scratch], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watcher.unref();
  return () => watcher.kill('SIGKILL');
}
