import Foundation
import MiyabiDatabase
import MiyabiTestSupport
import Postgres

/// Users, plugins with and without a trial, and an issuer.
struct LicensedPlatform {
    static let ann = MeteredPlatform.ann
    static let bob = MeteredPlatform.bob

    let platform: TestPlatform
    let fixture: LicenseFixture
    var database: Database { platform.database }
    var signer: LicenseSigner { fixture.signer }
    var verifier: LicenseVerifier { fixture.verifier }

    /// An admin's session.
    let admin: PostgresSessionRole

    static func user(_ id: UUID) throws -> PostgresSessionRole { .user(try VerifiedClaims(subject: id)) }

    /// Runs something as the service.
    @discardableResult
    func served<Result: Sendable>(
        _ body: @Sendable (LicenseStore) async throws -> Result
    ) async throws -> Result {
        try await database.withSession(as: .service) { try await body($0.licenses) }
    }

    /// Issues a licence of Ann's for `pro`, unless it says otherwise.
    func issue(
        to user: UUID = ann, for plugin: String = "pro", expiresAt: Timestamp? = nil, at moment: Timestamp = .now()
    ) async throws -> License {
        try await served {
            try await $0.issue(.init(userID: user, pluginID: plugin, expiresAt: expiresAt), by: signer, at: moment)
        }
    }

    /// Runs `body` on a database of its own in which Ann and Bob may use the plugins `pro`, with a trial of 14 days, `free`,
    /// with one of 0, and `plain`, with none.
    static func with(
        named name: String = #function, _ body: @escaping @Sendable (LicensedPlatform) async throws -> Void
    ) async throws {
        let fixture = try LicenseFixture()
        let admin = UUID()
        try await MeteredPlatform.with(named: name) { metered in
            try await metered.database.postgres.withSession(as: .service) { db in
                try await db.execute(
                    "INSERT INTO users (id, email, role) VALUES (\(admin), 'admin@example.com', 'admin')")
                try await db.execute(
                    """
                    UPDATE plugins SET features = '{"agents": ["Review"]}',
                      limitations = coalesce(limitations, '{"issues_per_month": 1000}'),
                      trial_period = CASE id WHEN 'pro' THEN 14 ELSE 0 END
                    """)
                try await db.execute(
                    """
                    INSERT INTO plugins (id, name, display_name, source, version, tier)
                    VALUES ('plain', 'plain', 'Plain', 'github:m/plain', '1.0.0', 'addon')
                    """)
            }
            try await body(
                LicensedPlatform(platform: metered.platform, fixture: fixture, admin: try user(admin)))
        }
    }
}
