/** What a verb returns, and all that it prints. */
export async function heard<T>(verb: () => Promise<T>): Promise<{ code: T; out: string }> {
  const { log } = console;
  const lines: string[] = [];
  console.log = (line: string) => void lines.push(line);
  try {
    return { code: await verb(), out: lines.join("\n") };
  } finally {
    console.log = log;
  }
}
