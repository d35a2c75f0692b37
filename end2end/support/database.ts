import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const script = `
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], timeout=10)
database.execute(sys.argv[2], sys.argv[3:])
database.commit()
`;

/**
 * Changes rows behind the portal's back, in the database of its folder: for what nobody can do on a page, such as letting
 * ten minutes go by. Python has the driver, Node does not.
 */
export async function sql(statement: string, ...values: string[]): Promise<void> {
  const binary = process.env.PORTAL_BINARY;
  if (!binary) {
    throw new Error('PORTAL_BINARY is missing: the file of the portal that is tested.');
  }
  const file = join(dirname(binary), 'data', 'kontor.sqlite');
  await promisify(execFile)('python3', ['-c', script, file, statement, ...values]);
}
