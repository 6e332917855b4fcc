import Foundation
import MiyabiDatabase
import Postgres
import Testing

@Suite struct UserTests {
    @Test func usersChangeTheirProfilesOnly() async throws {
        try await Marketplace.with { market in
            let (annID, bobID) = (market.annID, market.bobID)
            let before = try await market.database.withSession(as: market.ann) { relations in
                #expect(try await relations.users.user(bobID) == nil)
                #expect(try await relations.users.list().rows.map(\.id) == [annID])
                return try await relations.users.user(annID)
            }
            let profile = User.Profile(email: "ann@o'hara.example", name: "Ann O'Hara")
            let after = try await market.database.withSession(as: market.ann) { relations in
                #expect(try await relations.users.replace(bobID, with: profile) == nil)
                return try await relations.users.replace(annID, with: profile)
            }
            #expect(after?.profile == profile && after?.role == .user && after?.createdAt == before?.createdAt)
            #expect(try #require(after).updatedAt > #require(before).updatedAt)
            try await market.database.withSession(as: market.admin) { relations in
                let seen = try await relations.users.user(annID)
                #expect(seen == after)
                #expect(try await relations.users.user(bobID)?.profile.email == "bob@example.com")
                #expect(try await relations.users.list().rows.count == 3)
                // To see is not to change.
                #expect(try await relations.users.replace(annID, with: profile) == nil)
            }
        }
    }

    @Test func theRestIsTheServices() async throws {
        try await Marketplace.with { market in
            let id = market.annID
            let before = try await market.database.withSession(as: .service) { try await $0.users.list() }
            let attempts: [@Sendable (UserStore) async throws -> Void] = [
                { _ = try await $0.create(.init(email: "new@example.com")) },
                { _ = try await $0.setRole(.admin, of: id) },
                { _ = try await $0.setStripeCustomer("cus_1", of: id) },
                { _ = try await $0.delete(id) },
            ]
            for role in [market.ann, market.admin, .anonymous] {
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
        try await Marketplace.with { market in
            let (annID, bobID) = (market.annID, market.bobID)
            let taken = try await market.violation { _ = try await $0.users.create(.init(email: "ANN@Example.com")) }
            #expect(taken?.kind == .unique && taken?.table == "users" && taken?.fields == ["email"])
            let stolen = try await market.violation(as: market.bob) {
                _ = try await $0.users.replace(bobID, with: .init(email: "Ann@example.com"))
            }
            #expect(stolen?.kind == .unique && stolen?.fields == ["email"])
            let none = try await market.violation(as: market.bob) {
                _ = try await $0.users.replace(bobID, with: .init(email: "nobody", name: "Bobby"))
            }
            #expect(none?.kind == .check && none?.fields == ["email"])
            let shared = try await market.violation { relations in
                _ = try await relations.users.setStripeCustomer("cus_1", of: annID)
                _ = try await relations.users.setStripeCustomer("cus_1", of: bobID)
            }
            #expect(shared?.kind == .unique && shared?.fields == ["stripe_customer_id"])

            try await market.database.withSession(as: .service) { relations in
                let users = relations.users
                let found = try await users.find(email: "ANN@EXAMPLE.COM")
                #expect(found?.id == annID && found?.stripeCustomerID == nil)
                #expect(try await users.find(email: "nobody@example.com") == nil)
                #expect(try await users.user(bobID)?.profile == .init(email: "bob@example.com"))
                #expect(try await users.setStripeCustomer("cus_1", of: annID)?.stripeCustomerID == "cus_1")
                #expect(try await users.find(stripeCustomerID: "cus_1")?.id == annID)
                #expect(try await users.setStripeCustomer(nil, of: annID)?.stripeCustomerID == nil)
                #expect(try await users.setRole(.admin, of: UUID()) == nil)
            }
        }
    }

    @Test func aUserWithAHistoryStays() async throws {
        try await Marketplace.with { market in
            let (annID, bobID) = (market.annID, market.bobID)
            _ = try await market.database.withSession(as: market.ann) { relations in
                try await relations.pluginReviews.write(.init(rating: 4), of: "pro", by: annID)
            }
            let violation = try await market.violation { _ = try await $0.users.delete(annID) }
            #expect(violation?.kind == .foreignKey && violation?.table == "plugin_reviews")
            #expect(violation?.fields == ["user_id"])
            try await market.database.withSession(as: .service) { relations in
                let left = try await relations.users.user(annID)
                #expect(left != nil)
                #expect(try await relations.users.delete(bobID))
                #expect(try await relations.users.delete(bobID) == false)
            }
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
                for (index, search) in searches {
                    let found = try await plans.plan {
                        try await database.withSession(as: .service) { try await search($0.users) }
                    }
                    #expect(found.result?.stripeCustomerID == "cus_7")
                    #expect(found.text.contains(index), "\(found.text)")
                }
            }
        }
    }
}
