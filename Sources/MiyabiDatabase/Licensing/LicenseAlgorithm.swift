/// How licences are signed. A key has one algorithm for good, whatever a token says about itself (RFC 8725, section 3.1).
public enum LicenseAlgorithm: String, Sendable, Hashable, CaseIterable {
    /// Ed25519 (RFC 8037).
    case edDSA = "EdDSA"
    /// ECDSA on P-256 with SHA-256 (RFC 7518, section 3.4).
    case es256 = "ES256"
}
