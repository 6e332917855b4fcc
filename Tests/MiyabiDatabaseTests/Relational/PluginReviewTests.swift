import Foundation
import MiyabiDatabase
import MiyabiTestSupport
import Postgres
import Testing

@Suite struct PluginReviewTests {
    /// The rating that the marketplace shows.
    private func rating(of pluginID: String, _ market: Market) async throws -> [String] {
        try await market.database.postgres.queryAsOwner("SELECT rating::text FROM plugins WHERE id = \(pluginID)")
            .decode(String.self)
    }

    @Test func aUserReviewsAPluginOnce() async throws {
        try await Market.with { market in
            let first = try await market.database.withSession(as: market.user(market.ann)) { relations in
                try await relations.pluginReviews.write(.init(rating: 5), of: "pro", by: market.ann)
            }
            #expect(try await rating(of: "pro", market) == ["5.00"])
            let second = PluginReview.Content(rating: 2, comment: "it's slow")
            let changed = try await market.database.withSession(as: market.user(market.ann)) { relations in
                try await relations.pluginReviews.write(second, of: "pro", by: market.ann)
            }
            #expect(changed.id == first.id && changed.createdAt == first.createdAt && changed.content == second)
            try await market.database.withSession(as: market.user(market.bob)) { relations in
                try await relations.pluginReviews.write(.init(rating: 5), of: "pro", by: market.bob)
                #expect(try await relations.pluginReviews.review(of: "pro", by: market.ann) == changed)
                #expect(try await relations.pluginReviews.review(of: "free", by: market.ann) == nil)
            }
            #expect(try await rating(of: "pro", market) == ["3.50"])
            for isThere in [true, false] {
                let deleted = try await market.database.withSession(as: market.user(market.ann)) {
                    try await $0.pluginReviews.delete(first.id)
                }
                #expect(deleted == isThere)
                #expect(try await rating(of: "pro", market) == ["5.00"])
            }
        }
    }

    @Test func aReviewIsItsAuthorsToWrite() async throws {
        try await Market.with { market in
            let admin = try market.user(market.eve)
            let anns = try await market.database.withSession(as: market.user(market.ann)) { relations in
                try await relations.pluginReviews.write(.init(rating: 5), of: "pro", by: market.ann)
            }
            for role in try [market.user(market.bob), admin, .anonymous] {
                for plugin in ["pro", "free"] {
                    let refusal = try await market.refusal(of: role) {
                        try await $0.pluginReviews.write(.init(rating: 1), of: plugin, by: market.ann)
                    }
                    #expect(refusal == PostgresSQLState.insufficientPrivilege)
                }
                // Everyone reads.
                let seen = try await market.database.withSession(as: role) {
                    try await $0.pluginReviews.list(.plugin("pro")).rows
                }
                #expect(seen == [anns])
            }
            let byBob = try await market.database.withSession(as: market.user(market.bob)) {
                try await $0.pluginReviews.delete(anns.id)
            }
            #expect(!byBob)
            #expect(try await rating(of: "pro", market) == ["5.00"])
            let byAdmin = try await market.database.withSession(as: admin) {
                try await $0.pluginReviews.delete(anns.id)
            }
            #expect(byAdmin)
        }
    }

    @Test func whatMakesNoSenseChangesNothing() async throws {
        try await Market.with { market in
            _ = try await market.database.withSession(as: market.user(market.ann)) { relations in
                try await relations.pluginReviews.write(.init(rating: 4), of: "pro", by: market.ann)
            }
            let attempts: [(rating: Int16, plugin: String, user: UUID, ConstraintViolation.Kind, field: String)] = [
                (0, "pro", market.ann, .check, "rating"), (6, "pro", market.ann, .check, "rating"),
                (-32768, "free", market.ann, .check, "rating"), (3, "none", market.ann, .foreignKey, "plugin_id"),
                (3, "pro", UUID(), .foreignKey, "user_id"),
            ]
            for (rating, plugin, user, kind, field) in attempts {
                let violation = try await market.violation {
                    try await $0.pluginReviews.write(.init(rating: rating, comment: "x"), of: plugin, by: user)
                }
                #expect(violation?.kind == kind && violation?.table == "plugin_reviews")
                #expect(violation?.fields == [field])
            }
            let left = try await market.database.withSession(as: .anonymous) {
                try await $0.pluginReviews.list(.plugin("pro")).rows
            }
            #expect(left.map(\.content) == [.init(rating: 4)])
            #expect(try await rating(of: "pro", market) == ["4.00"])
        }
    }

    /// Forty users write, write again, and every fourth thinks better of it, all at once.
    @Test(.timeLimit(.minutes(5))) func theMeanIsExactWithManyWriters() async throws {
        try await Market.with { market in
            let users = (0..<40).map { _ in UUID() }
            try await market.database.withSession(as: .service) { relations in
                for id in users { _ = try await relations.users.create(.init(email: "\(id)@example.com"), id: id) }
            }
            let last = { @Sendable (number: Int) in Int16(number * 3 % 5 + 1) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (number, id) in users.enumerated() {
                    group.addTask {
                        let role = PostgresSessionRole.user(try VerifiedClaims(subject: id))
                        var review: PluginReview?
                        for rating in [Int16(number % 5 + 1), last(number)] {
                            review = try await market.database.withSession(as: role) {
                                try await $0.pluginReviews.write(.init(rating: rating), of: "pro", by: id)
                            }
                        }
                        guard number.isMultiple(of: 4), let review else { return }
                        let deleted = try await market.database.withSession(as: role) {
                            try await $0.pluginReviews.delete(review.id)
                        }
                        #expect(deleted)
                    }
                }
                try await group.waitForAll()
            }
            let ratings = users.indices.filter { !$0.isMultiple(of: 4) }.map(last)
            let exact = try await market.database.postgres.queryAsOwner(
                "SELECT avg(rating)::numeric(3, 2)::text FROM unnest(\(ratings)::smallint[]) AS r (rating)")
            try await market.service { _ = try await $0.plugins.foldCounts() }
            #expect(try await rating(of: "pro", market) == exact.decode(String.self))
        }
    }

    @Test func listsReadTheirIndexes() async throws {
        try await withPlatform { platform in
            let user = try #require(UUID(uuidString: "10000000-0000-4000-8000-000000000007"))
            try await insertMany(
                into: ["plugin_reviews"], platform.configuration,
                """
                INSERT INTO plugin_reviews (id, plugin_id, user_id, rating, created_at)
                SELECT \(unsafeSQL: numberedID(2)), 'plugin-' || n % 300, \(unsafeSQL: numberedID(1, "n / 300")),
                  n / 300 % 5 + 1, timestamptz '2025-01-01' + n / 10 * interval '1 second'
                FROM generate_series(1, 300000) n
                """)
            try await withPlans(platform.configuration) { database, plans in
                let expected: [(PluginReviewStore.Selection, String)] = [
                    (.plugin("plugin-7"), "idx_plugin_reviews_plugin_created_at_id"),
                    (.plugin("plugin-7", rating: 3), "idx_plugin_reviews_plugin_rating_created_at_id"),
                    (.user(user), "idx_plugin_reviews_user_created_at_id"),
                ]
                for (selection, index) in expected {
                    try await plans.expect(index, of: database) {
                        try await $0.pluginReviews.list(selection, after: $1)
                    }
                }
                let critical = try await database.withSession(as: .service) {
                    try await $0.pluginReviews.list(.plugin("plugin-7", rating: 3)).rows
                }
                #expect(
                    critical.count == 50 && critical.allSatisfy { $0.pluginID == "plugin-7" && $0.content.rating == 3 })
            }
        }
    }
}
