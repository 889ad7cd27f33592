import type { Dice } from '../support/dice.ts'
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'

/**
 * A disk of its own, ext4 in a file, whose power can be cut. The file system, its journal and its recovery
 * are the real ones; a drive that says it has written and has not is beyond this.
 */
export interface Disk {
  /** Where it is mounted. */
  path: string
  /** An empty disk in place of this one. */
  renew: () => Promise<void>
  /**
   * The file system goes down at once, its journal unflushed: what was not synced is gone, every
   * call from here on fails. Some unsynced pages reach the disk all the same, in any order.
   */
  cut: (roll: Dice) => void
  /** Power again; resolves when whoever had files open is gone and the journal is replayed. */
  back: () => Promise<void>
  remove: () => Promise<void>
}

const size = 1024 ** 3
const tools = ['mkfs.ext4', 'mount', 'umount', 'perl']
/** Looked at for pages that reach the disk by chance, bytes. */
const largest = 16 * 1024 ** 2
const pause = 10
const patience = 10_000

/** ioctl EXT4_IOC_SHUTDOWN, how: no flush of the journal. Before it, sync_file_range (a pair of numbers for x64 and arm64) on pages picked by chance. */
const cutting = `
my ($mount, $seed, $chance, $call, @files) = @ARGV;
srand($seed);
for my $name (@files) {
  open(my $file, '+<', $name) or next;
  for (my $at = 0; $at < -s $file; $at += 4096) { syscall($call, fileno($file), $at, 4096, 7) if rand(100) < $chance }
}
open(my $disk, '<', $mount) or die "open: $!";
my $how = pack('L', 2);
ioctl($disk, 0x8004587d, $how) or die "ioctl: $!";
`
const syncFileRange: Partial<Record<NodeJS.Architecture, number>> = { x64: 277, arm64: 84 }

/** Why this machine cannot cut the power under a disk, in a sentence; undefined where it can. */
export function refuseDisk(): string | undefined {
  if (process.platform !== 'linux' || syncFileRange[process.arch] === undefined)
    return 'Cutting the power needs Linux on x64 or arm64: it shuts an ext4 file system down under the database.'
  if (process.getuid?.() !== 0)
    return 'Cutting the power needs root: it mounts a disk of its own. Run it with sudo, or in a virtual machine.'
  const missing = tools.filter(tool => spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0)
  return missing.length > 0 ? `Cutting the power needs ${missing.join(', ')}: install e2fsprogs, mount and perl.` : undefined
}

export async function aDisk(): Promise<Disk> {
  const folder = mkdtempSync(join(tmpdir(), 'otp-power-'))
  const [image, path] = [join(folder, 'disk'), join(folder, 'mount')]
  mkdirSync(path)
  // A database must not run as root, and has to get there.
  chmodSync(folder, 0o755)
  const mount = () => execFileSync('mount', ['-o', 'loop', image, path])
  const format = () => {
    writeFileSync(image, '')
    truncateSync(image, size)
    execFileSync('mkfs.ext4', ['-q', '-F', image])
    mount()
  }
  const unmount = () => busyUntilGone(path)
  format()
  return {
    path,
    renew: async () => {
      await unmount()
      format()
    },
    cut: (roll) => {
      const chance = [0, 0, 10, 50, 90][roll(5)] ?? 0
      execFileSync('perl', ['-e', cutting, path, String(roll(1e9)), String(chance), String(syncFileRange[process.arch]), ...chance > 0 ? filesBelow(path) : []])
    },
    back: async () => {
      await unmount()
      mount()
    },
    remove: async () => {
      await unmount()
      rmSync(folder, { recursive: true })
    },
  }
}

/** Killed processes take a moment to let go of their files. */
async function busyUntilGone(path: string): Promise<void> {
  const until = Date.now() + patience
  while (spawnSync('umount', [path]).status !== 0) {
    if (Date.now() > until)
      throw new Error(`${path} stays busy: a process still has files open there.`)
    await wait(pause)
  }
}

function filesBelow(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .filter(file => (statSync(file, { throwIfNoEntry: false })?.size ?? Infinity) <= largest)
}
