import Foundation
import MiyabiDatabase
import MiyabiTestSupport
import Postgres
import Testing

@Suite struct LicenseStoreTests {
    private let now = Timestamp.now()

    @Test func whatIsIssuedIsStoredAndVerifies() async throws {
        try await LicensedPlatform.with { licensed in
            let end = now + .seconds(86_400)
            let grant = LicenseStore.Grant(
                userID: LicensedPlatform.ann, pluginID: "pro", notBefore: now, expiresAt: end, tier: .enterprise,
                limitations: PostgresJSON(#"{"issues_per_month": 7}"#))
            let issued = try await licensed.served { try await $0.issue(grant, by: licensed.signer, at: now) }
            #expect(issued.tier == .enterprise)
            #expect(issued.status() == .good)
            #expect(Timestamp(issued.issuedAt) == now)
            #expect(issued.expiresAt == Timestamp(seconds: end.seconds).date)

            let claims = try await licensed.verifier.verify(issued.key, for: "pro", at: now)
            #expect(claims.id == issued.id)
            #expect(claims.issuedAt == Timestamp(seconds: now.seconds))
            #expect(claims.userID == LicensedPlatform.ann)
            #expect(claims.notBefore == Timestamp(seconds: now.seconds))
            #expect(claims.expiresAt == Timestamp(seconds: end.seconds))
            #expect(claims.tier == .enterprise)
            #expect(try claims.features?.json == #"{"agents":["Review"]}"#)
            #expect(claims.limitations == .object(["issues_per_month": .integer(7)]))
            #expect(try await licensed.served { try await $0.license(issued.id) } == issued)
            #expect(try await licensed.served { try await $0.license(key: issued.key) } == issued)
            #expect(try await licensed.served { try await $0.license(key: issued.key + "x") } == nil)
            // What was sold is what is metered.
            let quotas = try await licensed.database.withSession(as: .service) {
                try await $0.usage.quotas(user: LicensedPlatform.ann, plugin: "pro", month: UsageMonth("2025-12")!)
            }
            #expect(quotas.map(\.limit) == [7])
        }
    }

    @Test func whatIsLeftOutIsThePlugins() async throws {
        try await LicensedPlatform.with { licensed in
            let issued = try await licensed.issue()
            #expect(issued.tier == .pro)
            #expect(issued.expiresAt == nil)
            #expect(try issued.limitations?.decode([String: Int].self) == ["issues_per_month": 1000])
            let plain = try await licensed.issue(for: "plain")
            #expect(plain.features == nil && plain.limitations == nil)
            let claims = try await licensed.verifier.verify(plain.key, for: "plain")
            #expect(claims.features == nil && claims.tier == .addon)
        }
    }

    @Test func whatCannotBeIssuedIsTold() async throws {
        try await LicensedPlatform.with { licensed in
            await #expect(throws: LicenseStoreError.noPlugin("none")) { try await licensed.issue(for: "none") }
            let stranger = await #expect(throws: ConstraintViolation.self) { try await licensed.issue(to: UUID()) }
            #expect(stranger?.kind == .foreignKey && stranger?.fields == ["user_id"])
            let backward = await #expect(throws: ConstraintViolation.self) {
                try await licensed.issue(expiresAt: now, at: now)
            }
            #expect(backward?.kind == .check && backward?.fields.contains("expires_at") == true)
            let features = PostgresJSON(#"{"text":"\#(String(repeating: "x", count: 3_000))"}"#)
            let large = await #expect(throws: LicenseStoreError.self) {
                try await licensed.served {
                    try await $0.issue(
                        .init(userID: LicensedPlatform.ann, pluginID: "pro", features: features), by: licensed.signer)
                }
            }
            #expect(large?.description.contains("2600") == true)
            let stored = try await licensed.platform.count("licenses")
            #expect(stored == 0)
        }
    }

    /// The largest key that may be stored can be: random text, which no index entry compresses.
    @Test func theLargestKeyFits() async throws {
        try await LicensedPlatform.with { licensed in
            let text = String((0..<1_600).map { _ in "abcdefghijklmnopqrstuvwxyz0123456789".randomElement()! })
            let grant = LicenseStore.Grant(
                userID: LicensedPlatform.ann, pluginID: "plain", features: PostgresJSON(#"{"text":"\#(text)"}"#))
            let issued = try await licensed.served { try await $0.issue(grant, by: licensed.signer) }
            #expect((2_300...LicenseStore.largestKey).contains(issued.key.utf8.count), "\(issued.key.utf8.count)")
        }
    }

    @Test func aTrialLastsForThePluginsPeriod() async throws {
        try await LicensedPlatform.with { licensed in
            func trial(_ plugin: String) async throws -> License {
                try await licensed.served {
                    try await $0.issueTrial(of: plugin, to: LicensedPlatform.ann, by: licensed.signer, at: now)
                }
            }
            let issued = try await trial("pro")
            #expect(issued.expiresAt == Timestamp(seconds: now.seconds + 14 * 86_400).date)
            let end = Timestamp(seconds: now.seconds + 14 * 86_400)
            await #expect(throws: LicenseError.expired(end)) {
                try await licensed.verifier.verify(issued.key, at: end + .seconds(60))
            }
            await #expect(throws: TrialError.notOffered(pluginID: "free")) { try await trial("free") }
            await #expect(throws: TrialError.notOffered(pluginID: "plain")) { try await trial("plain") }
            await #expect(throws: LicenseStoreError.noPlugin("none")) { try await trial("none") }

            // Once: what the second one would have issued is gone with it.
            let again = await #expect(throws: ConstraintViolation.self) { try await trial("pro") }
            #expect(again?.kind == .unique && again?.fields == ["user_id", "plugin_id"])
            #expect(try await licensed.platform.count("licenses") == 1)
            let tried = try await licensed.database.withSession(as: .service) {
                try await $0.trials.trial(of: "pro", by: LicensedPlatform.ann)
            }
            #expect(tried?.licenseKey == issued.key)
        }
    }

    @Test func revokingOnceIsRevokingForGood() async throws {
        try await LicensedPlatform.with { licensed in
            let (issued, other) = (try await licensed.issue(), try await licensed.issue())
            let revoked = try await licensed.served { try await $0.revoke(issued.id, reason: "refunded") }
            #expect(revoked.status() == .revoked)
            let again = try await licensed.served { try await $0.revoke(issued.id, reason: "another") }
            #expect(again == revoked)
            let noted = try await licensed.database.postgres.queryAsOwner(
                "SELECT license_key, reason, revoked_at FROM revoked_licenses"
            ).decode((String, String, Date).self)
            #expect(noted.map(\.0) == [issued.key] && noted.map(\.1) == ["refunded"])
            #expect(noted.map(\.2) == [revoked.revokedAt])
            let unknown = UUID()
            await #expect(throws: LicenseStoreError.notFound(unknown)) {
                try await licensed.served { try await $0.revoke(unknown) }
            }

            let token = try await licensed.served { try await $0.revocations(by: licensed.signer) }
            let list = try await licensed.verifier.revocations(token)
            #expect(list.ids == [issued.id])
            _ = try await licensed.verifier.verify(other.key, revocations: list)
            await #expect(throws: LicenseError.revoked(issued.id)) {
                try await licensed.verifier.verify(issued.key, revocations: list)
            }
        }
    }

    /// The list also has what was revoked without the store, and leaves out what expired long ago.
    @Test func theListHasWhatSomebodyCouldStillShow() async throws {
        try await LicensedPlatform.with { licensed in
            let long = now - .seconds(30 * 86_400)
            let over = try await licensed.issue(expiresAt: now - .seconds(86_460), at: long)
            let justOver = try await licensed.issue(expiresAt: now - .seconds(3_600), at: long)
            let (byHand, byKey) = (try await licensed.issue(), try await licensed.issue())
            let foreign = licensed.fixture.claims()
            let token = try await licensed.signer.sign(foreign)
            try await licensed.served { licenses in
                for id in [over.id, justOver.id] { try await licenses.revoke(id) }
            }
            try await licensed.database.postgres.withSession(as: .service) { db in
                try await db.execute("UPDATE licenses SET revoked = true WHERE id = \(byHand.id)")
                for key in [byKey.key, token, "development-license-revoked"] {
                    try await db.execute("INSERT INTO revoked_licenses (license_key) VALUES (\(key))")
                }
            }
            let revoked = try await licensed.served { try await $0.revoked(at: now) }
            #expect(revoked == [justOver.id, byHand.id, byKey.id, foreign.id])
        }
    }

    @Test func everybodySeesTheirOwnAndAdminsRevoke() async throws {
        try await LicensedPlatform.with { licensed in
            let (anns, bobs) = (try await licensed.issue(), try await licensed.issue(to: LicensedPlatform.bob))
            let database = licensed.database
            let ann = try LicensedPlatform.user(LicensedPlatform.ann)
            try await database.withSession(as: ann) { relations in
                let own = try await relations.licenses.list().rows
                #expect(own == [anns])
                await #expect(throws: LicenseStoreError.notFound(bobs.id)) {
                    try await relations.licenses.license(bobs.id)
                }
                for id in [anns.id, bobs.id] {
                    await #expect(throws: LicenseStoreError.notFound(id)) { try await relations.licenses.revoke(id) }
                }
                #expect(try await relations.licenses.revoked().isEmpty)
            }
            for role in [ann, .anonymous, licensed.admin] {
                await #expect(throws: PostgresError.self) {
                    try await database.withSession(as: role) {
                        try await $0.licenses.issue(
                            .init(userID: LicensedPlatform.ann, pluginID: "pro"), by: licensed.signer)
                    }
                }
            }
            await #expect(throws: PostgresError.self) {
                try await database.withSession(as: .anonymous) { try await $0.licenses.list() }
            }
            let revoked = try await database.withSession(as: licensed.admin) { relations in
                let all = try await relations.licenses.list().rows
                #expect(all.count == 2)
                return try await relations.licenses.revoke(bobs.id, reason: "abuse")
            }
            #expect(revoked.revokedAt != nil)
            #expect(try await licensed.served { try await $0.revoked() } == [bobs.id])
        }
    }

    @Test func whoRevokesAtOnceRevokesOnce() async throws {
        try await LicensedPlatform.with { licensed in
            let issued = try await licensed.issue()
            let moments = try await withThrowingTaskGroup(of: Date?.self) { group in
                for _ in 0..<8 {
                    group.addTask { try await licensed.served { try await $0.revoke(issued.id) }.revokedAt }
                }
                return try await group.reduce(into: Set<Date?>()) { $0.insert($1) }
            }
            #expect(moments.count == 1 && moments.first != .some(nil))
            #expect(try await licensed.platform.count("revoked_licenses") == 1)
        }
    }
}
