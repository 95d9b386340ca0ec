// What the bundled benches put into the page.
type BenchTimes = { first: number; five: number; best: number };
type BenchColumns = { url: string; text: string; attrs: string; names: string; records: number[] };
declare var quothBench: {
  load(address: string): Promise<void>;
  page(): Promise<{ times: Record<string, BenchTimes>; columns: BenchColumns }>;
  background(pages: BenchColumns[]): BenchTimes[];
  names(texts: string[]): { words: number; ours: number; theirs: number };
  library(lines: string[], size: number): { size: number; ours: number[]; theirs: number[]; fill: { ours: number; theirs: number }; memory: number };
};
