import Foundation
import MiyabiDatabase
import MiyabiTestSupport
import Postgres
import Testing

@Suite struct LicenseListTests {
    @Test func licencesAreListedByWhatTheyAre() async throws {
        try await LicensedPlatform.with { licensed in
            let now = Timestamp.now()
            let past = now - .seconds(86_400)
            let expired = try await licensed.issue(expiresAt: now - .seconds(1), at: past)
            let revoked = try await licensed.issue(for: "free", at: past + .seconds(1))
            let good = try await licensed.issue(for: "free", at: past + .seconds(2))
            let bobs = try await licensed.issue(to: LicensedPlatform.bob, at: past + .seconds(3))
            try await licensed.served { try await $0.revoke(revoked.id) }
            let expected: [(LicenseStore.Filter, [UUID])] = [
                (.init(), [bobs.id, good.id, revoked.id, expired.id]),
                (.init(userID: LicensedPlatform.ann), [good.id, revoked.id, expired.id]),
                (.init(pluginID: "pro"), [bobs.id, expired.id]), (.init(status: .good), [bobs.id, good.id]),
                (.init(status: .expired), [expired.id]), (.init(status: .revoked), [revoked.id]),
                (.init(userID: LicensedPlatform.ann, pluginID: "free", status: .good), [good.id]),
                (.init(userID: LicensedPlatform.bob, status: .revoked), []),
            ]
            for (filter, ids) in expected {
                var found: [License] = []
                var cursor: PageCursor?
                repeat {
                    let page = try await licensed.served { [cursor] in
                        try await $0.list(filter, after: cursor, limit: 1)
                    }
                    found += page.rows
                    cursor = page.next
                } while cursor != nil
                #expect(found.map(\.id) == ids, "\(filter)")
                if let status = filter.status { #expect(found.allSatisfy { $0.status() == status }) }
            }
            let page = try await licensed.served { try await $0.list(.init(status: .good), limit: 1) }
            await #expect(throws: CursorError.self) {
                try await licensed.served { try await $0.list(.init(status: .expired), after: page.next) }
            }
        }
    }

    /// On 200,000 licences every list reads the index of its order, and the revoked ones are found by theirs.
    @Test func everyListingReadsItsIndex() async throws {
        try await LicensedPlatform.with { licensed in
            try await insertLicences(licensed.platform.configuration)
            try await withPlans(licensed.platform.configuration) { database, plans in
                let expected: [(LicenseStore.Filter, String)] = [
                    (.init(userID: LicensedPlatform.ann), "idx_licenses_user_issued_at_id"),
                    (.init(userID: LicensedPlatform.ann, status: .good), "idx_licenses_user_issued_at_id"),
                    (.init(pluginID: "pro"), "idx_licenses_plugin_issued_at_id"),
                    (.init(pluginID: "pro", status: .expired), "idx_licenses_plugin_issued_at_id"),
                    (.init(), "idx_licenses_issued_at_id"), (.init(status: .good), "idx_licenses_issued_at_id"),
                    (.init(status: .revoked), "idx_licenses_revoked_issued_at_id"),
                ]
                for (filter, index) in expected {
                    try await plans.expect(index, of: database) { try await $0.licenses.list(filter, after: $1) }
                }
                let revoked = try await plans.plan {
                    try await database.withSession(as: .service) { try await $0.licenses.revoked() }
                }
                #expect(revoked.result.count == 200)
                #expect(revoked.text.contains("idx_licenses_revoked_issued_at_id"), "\(revoked.text)")
                #expect(!revoked.text.contains("Seq Scan on licenses"), "\(revoked.text)")
            }
        }
    }

    private func insertLicences(_ configuration: PostgresConfiguration) async throws {
        try await insertMany(
            into: ["licenses", "revoked_licenses"], configuration,
            """
            INSERT INTO licenses (id, user_id, plugin_id, license_key, tier, issued_at, expires_at, revoked, revoked_at)
            SELECT \(unsafeSQL: numberedID(4)),
              CASE n % 100 WHEN 7 THEN \(LicensedPlatform.ann) ELSE md5((n % 50000)::text)::uuid END,
              CASE n % 100 WHEN 7 THEN 'pro' ELSE 'free' END, 'key ' || n, 'pro',
              timestamptz '2025-01-01' + n * interval '1 second',
              CASE WHEN n % 2 = 1 AND n % 1000 <> 9 THEN timestamptz '2025-06-01' + n % 3 * interval '10 years' END,
              n % 1000 = 9, CASE n % 1000 WHEN 9 THEN now() END
            FROM generate_series(1, 200000) n
            """,
            "INSERT INTO revoked_licenses (license_key) SELECT license_key FROM licenses WHERE revoked")
    }
}
