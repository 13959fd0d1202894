// What the benchmark compares with: credentials verified again and again by two libraries, or once
// in a process of its own. Standard input is one JSON object, standard output the milliseconds.
import * as vc from '@digitalbazaar/vc';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {contexts, loader} from './documents.mjs';
import {readFileSync} from 'node:fs';

// No time is spent on a network, and nothing but the answer is printed.
globalThis.fetch = async () => {
  throw new Error('no network');
};
console.log = console.error = () => {};

const {files, document, library, runs} = JSON.parse(readFileSync(0, 'utf8'));
for(const [address, file] of Object.entries(files)) {
  contexts.set(address, file);
}

const libraries = {
  async vc() {
    const documentLoader = loader(false);
    return async () => {
      const suite = new DataIntegrityProof({cryptosuite});
      const result = await vc.verifyCredential({credential: document, suite, documentLoader});
      return result.verified;
    };
  },
  async 'verifier-core'() {
    const {verifyCredential} = await import('@digitalcredentials/verifier-core');
    return async () => {
      const result = await verifyCredential({credential: document, knownDIDRegistries: []});
      return result.log?.find(step => step.id === 'valid_signature')?.valid === true;
    };
  }
};

const verify = await libraries[library]();
const times = [];
for(let run = 0; run < runs; run++) {
  const begun = performance.now();
  if(!await verify()) {
    throw new Error(`${library} does not verify it`);
  }
  times.push(performance.now() - begun);
}
process.stdout.write(JSON.stringify(times));
process.exit(0);
