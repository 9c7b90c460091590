/**
 * Waits for something no longer than a number of seconds.
 *
 * @param late what to answer, or throw, when the time is over
 */
export async function within<T, L>(seconds: number, awaited: Promise<T>, late: () => L): Promise<T | L> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<L>((resolve, reject) => {
    timer = setTimeout(() => {
      try {
        resolve(late());
      } catch (error) {
        reject(error);
      }
    }, seconds * 1000);
  });
  try {
    return await Promise.race([awaited, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
