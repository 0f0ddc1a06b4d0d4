import { erasePrincipal } from '../../src/archive/erase-principal.ts';
import { openArchive } from '../../src/archive/open-archive.ts';
import { openStore } from '../../src/store/open-store.ts';

/** Erases what `alice` did, until it is killed or done. */
const [directory = '.'] = process.argv.slice(2);
const store = await openStore('sqlite:vedette.db', { directory });
const archive = await openArchive(`${directory}/archive`, store.archive);
await erasePrincipal(archive, { principal: 'alice', until: Date.now() + 1e11 });
await archive.close();
await store.close();
