// What the bundled benches put into the page.
declare var quothBench: {
  load(address: string): Promise<void>;
  page(): Promise<Record<string, { first: number; five: number; best: number }>>;
  names(texts: string[]): { words: number; ours: number; theirs: number };
  library(lines: string[], size: number): { size: number; ours: number[]; theirs: number[]; fill: { ours: number; theirs: number }; memory: number };
};
