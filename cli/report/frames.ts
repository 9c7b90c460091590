const frame = /^\s+at\s/;
const foreignFrame = /node_modules|[( ]node:/;

/**
 * A program's own error with the one frame that shows the place in the program: frames of libraries and of Node.js, and the way
 * to the place, help few and are left to `--debug`.
 */
export function withoutStack(error: string): string {
  let placed = false;
  const lines = error.split("\n").filter((line) => {
    if (!frame.test(line)) return true;
    if (placed || foreignFrame.test(line)) return false;
    placed = true;
    return true;
  });
  return lines.join("\n");
}
