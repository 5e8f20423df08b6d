export { type Account, account } from "./account.ts";
export { type Certificate, makeCertificate } from "./make-certificate.ts";
export { findRegistry, whyNoRegistry } from "./find-registry.ts";
export { makeImage, makeIndex, type TestDocument, type TestImage } from "./make-image.ts";
export { pushImage, pushIndex } from "./push-image.ts";
export { registrySuite } from "./registry-suite.ts";
export { type Proxy, type ProxyOptions, type SeenRequest, startProxy, type Tampering } from "./start-proxy.ts";
export { type RegistryAuth, startRegistry, type TestRegistry } from "./start-registry.ts";
export { startTokenServer, type TokenServer, type TokenServerOptions } from "./start-token-server.ts";
