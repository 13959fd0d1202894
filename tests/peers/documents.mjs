// Documents without a network: contexts from files that were named, and did:key.
import {readFileSync} from 'node:fs';

const ED25519_2020 = 'https://w3id.org/security/suites/ed25519-2020/v1';
const MULTIKEY = 'https://w3id.org/security/multikey/v1';
export const contexts = new Map();

// A did:key is its own document; every other address is a context that was named, or nothing.
export function loader(older) {
  return async url => {
    if(url.startsWith('did:key:')) {
      return {contextUrl: null, documentUrl: url, document: didKey(url, older)};
    }
    if(!contexts.has(url)) {
      throw new Error(`no document is fetched: ${url}`);
    }
    const document = parsed(contexts.get(url));
    return {contextUrl: null, documentUrl: url, document};
  };
}

const files = new Map();

function parsed(file) {
  if(!files.has(file)) {
    files.set(file, JSON.parse(readFileSync(file, 'utf8')));
  }
  return files.get(file);
}

function didKey(url, older) {
  const [did, fragment] = url.split('#');
  const multikey = did.slice('did:key:'.length);
  const context = older ? ED25519_2020 : MULTIKEY;
  const method = {
    '@context': context,
    id: `${did}#${multikey}`,
    type: older ? 'Ed25519VerificationKey2020' : 'Multikey',
    controller: did,
    publicKeyMultibase: multikey
  };
  return fragment ? method : {
    '@context': ['https://www.w3.org/ns/did/v1', context],
    id: did,
    verificationMethod: [method],
    assertionMethod: [method.id],
    authentication: [method.id]
  };
}
