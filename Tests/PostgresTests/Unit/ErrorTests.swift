import Testing

@testable import Postgres

@Suite struct ErrorTests {
    private func error(sqlState: String, message: String) -> PostgresError {
        let fields = PostgresError.ServerFields(
            severity: "ERROR", sqlState: sqlState, message: message, detail: "Key (email)=(eve@example.org) exists.",
            hint: "Try another.", position: 8, tableName: "users", constraintName: "users_email_key")
        return PostgresError(.server, message, server: fields, query: "SELECT $1")
    }

    @Test func descriptionNamesWhatIsConcernedAndHidesRowValues() {
        let text = error(sqlState: "23505", message: "duplicate key value").description
        for part in ["23505", "duplicate key value", "users", "users_email_key", "Try another.", "SELECT $1", "8"] {
            #expect(text.contains(part))
        }
        #expect(!text.contains("eve@example.org"))
    }

    @Test func dataExceptionsHideTheQuotedValue() {
        let error = error(sqlState: "22P02", message: "invalid input syntax for type uuid: \"secret\"")
        #expect(!error.description.contains("secret"))
        #expect(error.description.contains("invalid input syntax for type uuid"))
        #expect(error.detailedDescription.contains("secret"))
        #expect(error.detailedDescription.contains("eve@example.org"))
    }

    @Test func redactionHidesAnUnclosedQuote() {
        #expect(Redaction.hidingQuotedText(in: "a \"b\" c \"d") == "a \"…\" c \"…\"")
        #expect(Redaction.hidingQuotedText(in: "plain") == "plain")
    }
}
