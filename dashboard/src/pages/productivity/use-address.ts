import { useSearchParams } from 'react-router';
import { type Address, addressOf, searchOf } from './address';

/** Parts of an address that change; undefined is as usual. */
type Change = { [part in keyof Address]?: Address[part] | undefined };

export function useAddress(): { address: Address; go: (change: Change) => void } {
  const [search, setSearch] = useSearchParams();
  const address = addressOf(search);
  return { address, go: (change) => setSearch(searchOf({ ...address, ...change } as Address)) };
}
