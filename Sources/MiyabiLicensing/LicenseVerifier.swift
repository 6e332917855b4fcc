import JWTKit

/// Verifies licences with public keys alone: no database, no network.
public struct LicenseVerifier: Sendable {
    /// How far apart the clocks of issuer and verifier may be.
    public static let clockSkews: ClosedRange<Duration> = .zero ... .seconds(300)

    /// The keys whose licences are good.
    public let keys: LicenseKeySet
    /// Who must have issued them.
    public let issuer: String
    /// How far apart clocks may be.
    public let clockSkew: Duration

    /// A verifier.
    ///
    /// - Parameters:
    ///   - keys: The keys whose licences are good.
    ///   - issuer: Who must have issued them.
    ///   - clockSkew: How far apart clocks may be; brought into ``clockSkews``.
    public init(
        keys: LicenseKeySet, issuer: String = LicenseSigner.defaultIssuer, clockSkew: Duration = .seconds(60)
    ) {
        self.keys = keys
        self.issuer = issuer
        self.clockSkew = min(max(clockSkew, Self.clockSkews.lowerBound), Self.clockSkews.upperBound)
    }

    /// What a licence says, if it is good.
    ///
    /// - Parameters:
    ///   - token: The licence.
    ///   - plugin: What it must be for; for any plugin if nil, and then the caller compares.
    ///   - revocations: The licences that were revoked. Without it a revoked licence is good until it expires.
    ///   - moment: The present.
    /// - Throws: ``LicenseError``.
    public func verify(
        _ token: String, for plugin: String? = nil, revocations: RevocationList? = nil, at moment: Timestamp = .now()
    ) async throws(LicenseError) -> LicenseClaims {
        let claims: LicenseClaims = try await verified(token)
        guard claims.issuer == issuer else { throw .wrongIssuer(claims.issuer) }
        if let plugin, claims.pluginID != plugin { throw .wrongPlugin(claims.pluginID) }
        try begun(max(claims.issuedAt, claims.notBefore ?? claims.issuedAt), at: moment)
        if let end = claims.expiresAt, moment >= end + clockSkew { throw .expired(end) }
        if let revocations {
            if revocations.ids.contains(claims.id) { throw .revoked(claims.id) }
            try fresh(revocations, at: moment)
        }
        return claims
    }

    /// A list of revoked licences, if it is good and not too old.
    ///
    /// - Parameters:
    ///   - token: The list.
    ///   - moment: The present.
    /// - Throws: ``LicenseError``.
    public func revocations(_ token: String, at moment: Timestamp = .now()) async throws(LicenseError) -> RevocationList
    {
        let claims: RevocationClaims = try await verified(token)
        guard claims.issuer == issuer else { throw .wrongIssuer(claims.issuer) }
        let list = RevocationList(claims)
        try begun(list.issuedAt, at: moment)
        try fresh(list, at: moment)
        return list
    }

    private func begun(_ start: Timestamp, at moment: Timestamp) throws(LicenseError) {
        guard moment + clockSkew >= start else { throw .notYetValid(start) }
    }

    private func fresh(_ list: RevocationList, at moment: Timestamp) throws(LicenseError) {
        guard moment < list.expiresAt + clockSkew else { throw .staleRevocations(list.expiresAt) }
    }

    /// The claims of a token whose signature is right.
    private func verified<Claims: TokenClaims>(_ token: String) async throws(LicenseError) -> Claims {
        let header = try TokenHeader(of: token, largest: Claims.largest)
        guard header.type == Claims.type else { throw .malformed }
        guard let kid = header.kid, let key = keys[kid] else { throw .unknownKey(header.kid) }
        guard header.algorithm == key.algorithm.rawValue else { throw .wrongAlgorithm(header.algorithm) }
        do {
            return try await key.collection.verify(token, as: TokenPayload<Claims>.self).claims
        } catch let error as JWTError where error.errorType == .malformedToken {
            throw .malformed
        } catch {
            // A signature of another length than the algorithm's is an error of its own to swift-crypto.
            throw .badSignature
        }
    }
}
