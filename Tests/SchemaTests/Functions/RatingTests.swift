import Postgres
import Testing

private let owner = AccessFixture.owner
private let other = AccessFixture.other
private let admin = AccessFixture.admin

/// plugins.rating is the mean of the plugin's reviews, whatever happens to them.
@Suite struct RatingTests {
    private static let ratings = "SELECT id || ' ' || rating FROM plugins ORDER BY id"

    private static func review(by user: String) -> String {
        "INSERT INTO plugin_reviews (plugin_id, user_id, rating) VALUES ('owners', '\(user)', 5)"
    }

    @Test func theRatingFollowsTheReviews() async throws {
        try await SchemaDatabase.withOwnFixture { database in
            try await database.expect(Self.ratings, gives: ["another 0.00", "owners 4.00"])

            try await database.script(
                """
                INSERT INTO plugin_reviews (plugin_id, user_id, rating)
                VALUES ('owners', '\(other)', 5), ('owners', '\(admin)', 1), ('another', '\(other)', 2)
                """)
            try await database.expect(Self.ratings, gives: ["another 2.00", "owners 3.33"])

            try await database.script("UPDATE plugin_reviews SET rating = 5 WHERE plugin_id = 'owners'")
            try await database.expect(Self.ratings, gives: ["another 2.00", "owners 5.00"])

            try await database.script("UPDATE plugin_reviews SET plugin_id = 'another' WHERE user_id = '\(owner)'")
            try await database.expect(Self.ratings, gives: ["another 3.50", "owners 5.00"])

            try await database.script("DELETE FROM plugin_reviews")
            try await database.expect(Self.ratings, gives: ["another 0.00", "owners 0.00"])
        }
    }

    /// The second of two reviews written at once waits for nobody, and the next to fold counts both.
    @Test func reviewsWrittenAtOnceAreBothCounted() async throws {
        try await SchemaDatabase.withOwnFixture { database in
            try await database.connection.withTransaction { first in
                try await first.script(Self.review(by: other))
                try await database.withSession {
                    try await $0.script("SET statement_timeout = '20s'; \(Self.review(by: admin))")
                }
            }
            _ = try await database.strings("SELECT fold_plugin_counts()::text")
            // The owner's 4 and two fives.
            try await database.expect(Self.ratings, gives: ["another 0.00", "owners 4.67"])
        }
    }

    /// A reviewer may not write to plugins, and yet the review counts.
    @Test func theTriggerNeedsNoRightOfTheReviewer() async throws {
        try await SchemaDatabase.withFixture { database in
            let review = "INSERT INTO plugin_reviews (plugin_id, user_id, rating) VALUES ('owners', '\(other)', 5)"
            let rated = "SELECT FROM plugins WHERE id = 'owners' AND rating = 4.5"
            try await database.expect(.rows(1), rated, as: .other, setup: review)
            let direct = "UPDATE plugins SET rating = 4.5 WHERE id = 'owners'"
            try await database.expect(.rows(0), direct, as: .other)
        }
    }
}
