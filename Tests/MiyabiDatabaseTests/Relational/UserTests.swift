import Foundation
import MiyabiDatabase
import MiyabiTestSupport
import Postgres
import Testing

@Suite struct UserTests {
    @Test func usersChangeTheirProfilesOnly() async throws {
        try await Market.with { market in
            let before = try await market.database.withSession(as: market.user(market.ann)) { relations in
                #expect(try await relations.users.user(market.bob) == nil)
                #expect(try await relations.users.list().rows.map(\.id) == [market.ann])
                return try await relations.users.user(market.ann)
            }
            let profile = User.Profile(email: "ann@o'hara.example", name: "Ann O'Hara")
            let after = try await market.database.withSession(as: market.user(market.ann)) { relations in
                #expect(try await relations.users.replace(market.bob, with: profile) == nil)
                return try await relations.users.replace(market.ann, with: profile)
            }
            #expect(after?.profile == profile && after?.role == .user && after?.createdAt == before?.createdAt)
            #expect(try #require(after).updatedAt > #require(before).updatedAt)
            try await market.database.withSession(as: market.user(market.eve)) { relations in
                let seen = try await relations.users.user(market.ann)
                #expect(seen == after)
                #expect(try await relations.users.user(market.bob)?.profile.email == "bob@example.com")
                #expect(try await relations.users.list().rows.count == 3)
                // To see is not to change.
                #expect(try await relations.users.replace(market.ann, with: profile) == nil)
            }
        }
    }

    @Test func theRestIsTheServices() async throws {
        try await Market.with { market in
            let id = market.ann
            let before = try await market.database.withSession(as: .service) { try await $0.users.list() }
            let attempts: [@Sendable (UserStore) async throws -> Void] = [
                { _ = try await $0.create(.init(email: "new@example.com")) },
                { _ = try await $0.setRole(.admin, of: id) },
                { _ = try await $0.setStripeCustomer("cus_1", of: id) },
                { _ = try await $0.delete(id) },
            ]
            for role in try [market.user(market.ann), market.user(market.eve), .anonymous] {
                for attempt in attempts {
                    let refusal = try await market.refusal(of: role) { try await attempt($0.users) }
                    #expect(refusal == PostgresSQLState.insufficientPrivilege)
                }
            }
            for attempt: @Sendable (UserStore) async throws -> Void in [
                { _ = try await $0.user(id) }, { _ = try await $0.list() },
                { _ = try await $0.replace(id, with: .init(email: "x@example.com")) },
            ] {
                let refusal = try await market.refusal(of: .anonymous) { try await attempt($0.users) }
                #expect(refusal == PostgresSQLState.insufficientPrivilege)
            }
            #expect(try await market.database.withSession(as: .service) { try await $0.users.list() } == before)
        }
    }

    @Test func anAddressIsOneUsers() async throws {
        try await Market.with { market in
            let taken = try await market.violation { _ = try await $0.users.create(.init(email: "ANN@Example.com")) }
            #expect(taken?.kind == .unique && taken?.table == "users" && taken?.fields == ["email"])
            let stolen = try await market.violation(as: market.user(market.bob)) {
                _ = try await $0.users.replace(market.bob, with: .init(email: "Ann@example.com"))
            }
            #expect(stolen?.kind == .unique && stolen?.fields == ["email"])
            let none = try await market.violation(as: market.user(market.bob)) {
                _ = try await $0.users.replace(market.bob, with: .init(email: "nobody", name: "Bobby"))
            }
            #expect(none?.kind == .check && none?.fields == ["email"])
            let shared = try await market.violation { relations in
                _ = try await relations.users.setStripeCustomer("cus_1", of: market.ann)
                _ = try await relations.users.setStripeCustomer("cus_1", of: market.bob)
            }
            #expect(shared?.kind == .unique && shared?.fields == ["stripe_customer_id"])

            try await market.database.withSession(as: .service) { relations in
                let users = relations.users
                let found = try await users.find(email: "ANN@EXAMPLE.COM")
                #expect(found?.id == market.ann && found?.stripeCustomerID == nil)
                #expect(try await users.find(email: "nobody@example.com") == nil)
                #expect(try await users.user(market.bob)?.profile == .init(email: "bob@example.com"))
                #expect(try await users.setStripeCustomer("cus_1", of: market.ann)?.stripeCustomerID == "cus_1")
                #expect(try await users.find(stripeCustomerID: "cus_1")?.id == market.ann)
                #expect(try await users.setStripeCustomer(nil, of: market.ann)?.stripeCustomerID == nil)
                #expect(try await users.setRole(.admin, of: UUID()) == nil)
            }
        }
    }

    @Test func aUserWithAHistoryStays() async throws {
        try await Market.with { market in
            _ = try await market.database.withSession(as: market.user(market.ann)) { relations in
                try await relations.pluginReviews.write(.init(rating: 4), of: "pro", by: market.ann)
            }
            for (user, table, field) in [
                (market.ann, "plugin_reviews", "user_id"), (market.bob, "plugins", "author_id"),
            ] {
                let violation = try await market.violation { _ = try await $0.users.delete(user) }
                #expect(violation?.kind == .foreignKey && violation?.table == table && violation?.fields == [field])
            }
            let new = try await market.service { try await $0.users.create(.init(email: "new@example.com")) }
            for isThere in [true, false] {
                #expect(try await market.service { try await $0.users.delete(new.id) } == isThere)
            }
            #expect(try await market.service { try await $0.users.list().rows.count } == 3)
        }
    }

    @Test func listsReadTheirIndexes() async throws {
        try await withPlatform { platform in
            try await insertMany(
                into: ["users"], platform.configuration,
                """
                INSERT INTO users (id, email, stripe_customer_id, created_at)
                SELECT \(unsafeSQL: numberedID(1)), lpad(n::text, 7, '0') || '@example.com', 'cus_' || n,
                  timestamptz '2025-01-01' + n / 10 * interval '1 second'
                FROM generate_series(1, 200000) n
                """)
            try await withPlans(platform.configuration) { database, plans in
                try await plans.expect("idx_users_created_at_id", of: database) { try await $0.users.list(after: $1) }
                let searches: [(String, @Sendable (UserStore) async throws -> User?)] = [
                    ("idx_users_email_folded", { try await $0.find(email: "0000007@EXAMPLE.com") }),
                    ("users_stripe_customer_id_key", { try await $0.find(stripeCustomerID: "cus_7") }),
                ]
                let admin = try await database.withSession(as: .service) { relations in
                    let first = try await relations.users.list(limit: 1).rows[0].id
                    _ = try await relations.users.setRole(.admin, of: first)
                    return PostgresSessionRole.user(try VerifiedClaims(subject: first))
                }
                for (index, search) in searches {
                    for role in [PostgresSessionRole.service, admin] {
                        let found = try await plans.plan {
                            try await database.withSession(as: role) { try await search($0.users) }
                        }
                        #expect(found.result?.stripeCustomerID == "cus_7")
                        #expect(found.text.contains(index) && !found.text.contains("Seq Scan"), "\(found.text)")
                    }
                }
            }
        }
    }
}
