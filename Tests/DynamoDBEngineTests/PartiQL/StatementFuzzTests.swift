import DynamoDB
import Fuzzing
import Testing

@testable import DynamoDBEngine

/// Whatever it is given, the parser either makes a statement of it or refuses it as a ValidationException.
@Suite struct StatementFuzzTests {
    private static let statements = [
        "SELECT a, b.c[1] FROM \"t\".\"i\" WHERE pk = 'x' AND sk BETWEEN 1 AND 2 OR NOT (a IN [1, ?]) ORDER BY sk DESC",
        "INSERT INTO t VALUE {'pk': 'x', 'l': [1, -2.5e3, <<'a', 'b'>>], 'p': ?, 'm': {'n': null}}",
        "UPDATE \"t\" SET a = list_append(a, [1]), b = b - 1 REMOVE c.d[0] SET s = set_add(s, <<1>>) "
            + "WHERE pk = ? RETURNING ALL NEW *",
        "DELETE FROM t WHERE pk = 'x' AND begins_with(a, 'it''s') AND size(b) > 3 RETURNING ALL OLD *",
        "EXISTS(SELECT * FROM t WHERE pk = 'x' AND a IS NOT MISSING) -- comment",
    ]
    private static let parts = [
        "SELECT", "*", "FROM", "t", "WHERE", "a", "=", "'x'", "1", "?", "AND", "OR", "NOT", "IN", "[", "]", "(", ")",
        "{", "}", "<<", ">>", ",", ".", ":", "IS", "MISSING", "NULL", "UPDATE", "SET", "REMOVE", "set_add", "size", "-",
        "RETURNING", "\"", "'", "/*", "--\n", "1e", "ORDER", "BY", "INSERT", "INTO", "VALUE", "DELETE", "EXISTS",
    ]

    /// - Returns: whether it is a statement.
    private func isAccepted(_ text: String) -> Bool {
        do throws(DynamoDBError) {
            _ = try StatementParser.statement(text, parameters: [.number(1)])
            return true
        } catch {
            #expect(error.code == .validationException, "\(text)")
            return false
        }
    }

    @Test func changedStatements() {
        var random = SeededGenerator(seed: 81)
        var accepted = 0
        for _ in 0..<10_000 {
            let bytes = random.mutated(Array(random.pick(Self.statements).utf8), inserting: Self.parts)
            if isAccepted(String(decoding: bytes, as: UTF8.self)) { accepted += 1 }
        }
        #expect((100..<9_900).contains(accepted))
    }

    @Test func wordsInAnyOrder() {
        var random = SeededGenerator(seed: 82)
        for _ in 0..<10_000 {
            _ = isAccepted(random.words(atMost: 20, of: Self.parts))
        }
    }

    @Test func anyBytes() {
        var random = SeededGenerator(seed: 83)
        for _ in 0..<10_000 {
            _ = isAccepted(String(decoding: random.noise(atMost: 40), as: UTF8.self))
        }
    }

    @Test(arguments: ["(", "NOT ", "a = [", "a = {'k': ", "a = <<", "size(", "a = 1 AND ", "a = 1 OR (", "-", "a."])
    func deepNesting(part: String) {
        let depth = (8192 - 30) / part.utf8.count
        #expect(!isAccepted("SELECT * FROM t WHERE " + String(repeating: part, count: depth)))
    }
}
