public import MiyabiDatabase
public import MiyabiHome
public import MiyabiSystem

/// The keys that sign and verify licences, as files: the private key that signs now, for its owner's eyes only, and the
/// public keys of all licences that are to be good.
///
/// ```
/// signing-key.pem     the private key, PKCS #8, mode 0600
/// public-keys.json    the public keys, the newest first: the JSON Web Key Set to hand out
/// lock                held while the keys change
/// ```
public struct LicenseKeyDirectory: Sendable {
    /// Where it is.
    public let path: String

    private var privateFile: String { path + "/signing-key.pem" }
    /// The file to hand out.
    public var publicFile: String { path + "/public-keys.json" }

    /// A directory of keys; nothing is read or made.
    public init(path: String) {
        self.path = path
    }

    /// Whether there is a private key, readable or not.
    public var hasSigningKey: Bool { Files.exists(privateFile) }

    /// The public keys.
    ///
    /// - Throws: `licenseKeys` when there are none, or the file is no key set.
    public func publicKeys() throws(OperationsError) -> LicenseKeySet {
        guard Files.exists(publicFile) else { throw missing() }
        return try Self.publicKeys(inFile: publicFile)
    }

    /// The public keys of a file that was handed out.
    ///
    /// - Throws: `licenseKeys` when it cannot be read or is no key set.
    public static func publicKeys(inFile path: String) throws(OperationsError) -> LicenseKeySet {
        guard let text = Files.read(path) else { throw OperationsError(.licenseKeys, "\(path) cannot be read") }
        do {
            return try LicenseKeySet(jwks: text)
        } catch {
            throw OperationsError(.licenseKeys, "\(path): \(error)")
        }
    }

    /// The private key that signs now.
    ///
    /// - Throws: `licenseKeys` when there is none, when others can read it, or when nobody could verify what it signs.
    public func signingKey() throws(OperationsError) -> LicenseSigningKey {
        guard let key = try readSigningKey() else { throw missing() }
        guard try publicKeys()[key.publicKey.kid] == key.publicKey else {
            throw OperationsError(
                .licenseKeys, "\(publicFile) does not have the public key of \(privateFile)",
                advice: "Create a new key: miyabi license rotate")
        }
        return key
    }

    /// Makes a new private key, the first one or in place of the old one, whose public key stays.
    ///
    /// Whatever interrupts it, the key that signs is one of the public ones.
    ///
    /// - Returns: The new key's public one.
    /// - Throws: `licenseKeys` while another process changes the keys; `system`.
    @discardableResult
    public func rotate(_ algorithm: LicenseAlgorithm = .edDSA) throws(OperationsError) -> LicensePublicKey {
        try Files.makeDirectory(path)
        return try change { (known) throws(OperationsError) in
            let key: LicenseSigningKey
            do {
                key = try LicenseSigningKey(generating: algorithm)
            } catch {
                throw OperationsError(.licenseKeys, "cannot create a key: \(error)")
            }
            try write(LicenseKeySet([key.publicKey] + known.keys))
            try Files.write(key.pem, to: privateFile)
            return key.publicKey
        }
    }

    /// Forgets a public key that signs no more: its licences are not good any longer.
    ///
    /// - Throws: `licenseKeys` when there is no such key, or it is the one that signs; `system`.
    public func forget(_ kid: String) throws(OperationsError) {
        try change { (known) throws(OperationsError) in
            guard known[kid] != nil else {
                throw OperationsError(.licenseKeys, "there is no key \(kid.debugDescription)")
            }
            guard try readSigningKey()?.publicKey.kid != kid else {
                throw OperationsError(
                    .licenseKeys, "\(kid) is the current signing key",
                    advice: "Create a new one first: miyabi license rotate")
            }
            try write(LicenseKeySet(known.keys.filter { $0.kid != kid }))
        }
    }

    private func change<Result>(
        _ body: (LicenseKeySet) throws(OperationsError) -> Result
    ) throws(OperationsError) -> Result {
        guard Files.exists(path) else { throw missing() }
        guard let lock = try FileLock(path + "/lock") else {
            throw OperationsError(.licenseKeys, "another process is changing the keys in \(path)")
        }
        defer { lock.release() }
        return try body(Files.exists(publicFile) ? try publicKeys() : LicenseKeySet([]))
    }

    private func readSigningKey() throws(OperationsError) -> LicenseSigningKey? {
        guard let pem = try Files.readSecret(privateFile) else { return nil }
        guard let key = LicenseSigningKey(pem: pem) else {
            throw OperationsError(.licenseKeys, "\(privateFile) is not a private key of Ed25519 or P-256 in PEM")
        }
        return key
    }

    private func write(_ keys: LicenseKeySet) throws(OperationsError) {
        do {
            try Files.write(try keys.jwks + "\n", to: publicFile, mode: 0o644)
        } catch let error as OperationsError {
            throw error
        } catch {
            throw OperationsError(.licenseKeys, "cannot write \(publicFile): \(error)")
        }
    }

    private func missing() -> OperationsError {
        OperationsError(
            .licenseKeys, "there are no licence keys in \(path)", advice: "Create the first one: miyabi license rotate")
    }
}

extension MiyabiHome {
    /// The keys that sign the licences of this home's marketplace.
    public var licenseKeys: LicenseKeyDirectory { LicenseKeyDirectory(path: secretsDirectory + "/license-keys") }
}
