/** Many calls of the same sort, a few at a time: AWS slows down whoever sends them all. */

const AT_ONCE = 8;

/** Rejects with the first failure; what is under way then comes to its end, and nothing more is begun. */
export async function eachAtOnce<T>(items: Iterable<T>, work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items].reverse();
  let failed = false;
  const worker = async () => {
    for (let item = left.pop(); item !== undefined && !failed; item = left.pop()) {
      try {
        await work(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
