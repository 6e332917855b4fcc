import DynamoDB
import Testing

@testable import DynamoDBEngine

@Suite struct StatementParserTests {
    private func parse(_ text: String, _ parameters: [AttributeValue] = []) throws -> Statement {
        try StatementParser.statement(text, parameters: parameters)
    }

    private func condition(_ text: String, _ parameters: [AttributeValue] = []) throws -> ConditionNode? {
        guard case .select(let select) = try parse("SELECT * FROM t WHERE \(text)", parameters) else { return nil }
        return select.condition
    }

    @Test func selects() throws {
        let text = "select a, b.\"c d\"[2]['e'] -- columns\nFROM \"t-1\".\"i\" where a = 'it''s' ORDER BY b DESC, c;"
        guard case .select(let select) = try parse(text) else { throw Failure.notExpected }
        #expect(
            select.projection == [
                DocumentPath("a"), DocumentPath("b", [.member("c d"), .element(2), .member("e")]),
            ])
        #expect(select.tableName == "t-1")
        #expect(select.indexName == "i")
        #expect(select.condition == .compare(.equal, .path(DocumentPath("a")), .value(.string("it's"))))
        #expect(
            select.order == [
                SelectStatement.Order(attribute: "b", isAscending: false),
                SelectStatement.Order(attribute: "c", isAscending: true),
            ])
    }

    @Test func readsValues() throws {
        let text = """
            INSERT INTO t value {'n': -1.5e-3, 'l': [1, 'x', [true, NULL]], 'm': {'k': ?}, 's': <<'a', 'b'>>,
            'ns': <<1, 2.50>> /* sets */, 'b': ?}
            """
        guard case .insert(let insert) = try parse(text, [.bool(false), .binary([1])]) else {
            throw Failure.notExpected
        }
        #expect(
            insert.item == [
                "n": .number(DecimalNumber("-0.0015") ?? 0),
                "l": .list([.number(1), .string("x"), .list([.bool(true), .null])]), "m": .map(["k": .bool(false)]),
                "s": .stringSet(["a", "b"]), "ns": .numberSet([1, DecimalNumber("2.5") ?? 0]), "b": .binary([1]),
            ])
    }

    @Test func conditionsAreThoseOfExpressions() throws {
        let a = DocumentPath("a")
        let one = Operand.value(.number(1))
        let two = Operand.value(.number(2))
        #expect(try condition("a != 1") == .compare(.notEqual, .path(a), one))
        #expect(try condition("a<>1") == .compare(.notEqual, .path(a), one))
        #expect(try condition("a IN [1, 2]") == .within(.path(a), [one, two]))
        #expect(try condition("a NOT IN (1, ?)", [.number(2)]) == .not(.within(.path(a), [one, two])))
        #expect(try condition("a BETWEEN 1 AND 2") == .between(.path(a), lower: one, upper: two))
        #expect(try condition("a IS MISSING") == .missing(a))
        #expect(try condition("a IS NOT MISSING") == .exists(a))
        #expect(try condition("a IS NULL") == .type(.path(a), .null))
        #expect(try condition("a IS STRING") == .type(.path(a), .string))
        #expect(try condition("a IS NOT bool") == .not(.type(.path(a), .bool)))
        #expect(try condition("a = .1e1") == .compare(.equal, .path(a), one))
        #expect(try condition("a IS NOT NULL") == .not(.type(.path(a), .null)))
        #expect(try condition("Begins_With(a, 'x')") == .beginsWith(.path(a), .value(.string("x"))))
        #expect(try condition("attribute_type(a, 'SS')") == .type(.path(a), .stringSet))
        #expect(try condition("size(a) > 1") == .compare(.greater, .size(.path(a)), one))
        #expect(
            try condition("a = 1 OR NOT (a = 2) AND a > -1")
                == .or(
                    .compare(.equal, .path(a), one),
                    .and(
                        .not(.compare(.equal, .path(a), two)),
                        .compare(.greater, .path(a), .value(.number(-1))))))
    }

    @Test(
        arguments: [
            ("SLECT * FROM t", "Expected data manipulation"),
            ("SELECT * FROM t WHERE", "Unexpected term"),
            ("SELECT * FROM t WHERE NOT", "Unexpected term"),
            ("SELECT * FROM", "Unexpected term"),
            ("SELECT * FROM t WHERE a = 1 AND", "Missing right-hand side expression of infix operator"),
            ("SELECT * FROM t WHERE ORDER BY a", "Unexpected keyword"),
            ("SELECT * FROM t WHERE IS NULL", "Unexpected operator"),
            ("SELECT * FROM t WHERE a = LIKE", "Unexpected operator"),
            ("SELECT * FROM t WHERE a IS FOO", "Expected type name"),
            ("SELECT * FROM t WHERE a = 1 foo", "Unexpected token after expression"),
            ("SELECT * FROM t WHERE a = 1 e5", "Unexpected token after expression"),
            ("SELECT * FROM t WHERE a = 1)", "Unexpected token after expression"),
            ("SELECT * FROM t ORDER BY a WHERE a = 1", "Unexpected token after expression"),
            ("INSERT INTO t x VALUE {'a': 1}", "Unexpected token after expression"),
            ("INSERT INTO t VALUE {'a': 1} foo", "Unexpected token after expression"),
            ("DELETE FROM", "Expected identifier for simple path"),
            ("DELETE FROM WHERE a = 1", "Expected identifier for simple path"),
            ("SELECT * FROM t WHERE a = 1 # note", ""),
            ("SELECT * FROM t WHERE a = 1 /* note", ""),
            ("SELECT * FROM t WHERE a = 'x", ""),
        ] as [(String, String)])
    func malformedStatementsAreRefused(text: String, detail: String) {
        expectRefusal(text, "Statement wasn't well formed, can't be processed: \(detail)")
    }

    @Test(
        arguments: [
            ("SELECT * FROM t u WHERE a = 1", "Aliasing is not supported"),
            ("UPDATE t AS u SET a = 1 WHERE a = 1", "Aliasing is not supported"),
            ("SELECT * FROM t.i.x", "A path may contain at most 2 components in the FROM clause"),
            ("SELECT * FROM \"\"", "Path component cannot be an empty string"),
            ("SELECT * FROM t WHERE a = ?", "Number of parameters in request and statement don't match."),
            ("SELECT * FROM t WHERE f(a)", "Unrecognized function: f at 1:23:1"),
            ("SELECT l[-1] FROM t", "List index is not within the allowable range; index: [-1] at 1:11:1"),
            (
                "SELECT * FROM t WHERE a < true",
                "Incorrect operand type for operator or function; operator or function: <, operand type: BOOL"
            ),
            (
                "SELECT * FROM t WHERE attribute_exists('a')",
                "Operator or function requires a document path; operator or function: attribute_exists"
            ),
            ("INSERT INTO t VALUE {'a': <<>>}", "Empty bags are not supported"),
            (
                "INSERT INTO t VALUE {'a': <<1, 'a'>>}",
                "Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags"
            ),
            (
                "INSERT INTO t VALUE {'a': <<'a', 'a'>>}",
                "One or more parameter values were invalid: Input collection [a, a] contains duplicates."
            ),
            (
                "INSERT INTO t VALUE {'a': [1, {'x': 1e126}]}",
                "Number overflow. Attempting to store a number with magnitude larger than supported range under root[1].x"
            ),
            (
                "DELETE FROM t WHERE a = 1 RETURNING MODIFIED OLD *",
                "Invalid returning clause: RETURNING MODIFIED OLD *. "
                    + "Only RETURNING ALL OLD * is allowed in DELETE statements."
            ),
            (
                "UPDATE t SET b = set_add(a, <<1>>) WHERE a = 1",
                "The first argument to SET_ADD must equal the assignment value at 1:18:7"
            ),
            (
                "UPDATE t\nSET b = set_delete(b, [1]) WHERE a = 1",
                "The second argument to SET_DELETE must be a value with type SET at 2:20:1"
            ),
        ] as [(String, String)])
    func meaninglessStatementsAreRefused(text: String, message: String) {
        expectRefusal(text, message)
    }

    private func expectRefusal(_ text: String, _ message: String) {
        do throws(DynamoDBError) {
            let statement = try StatementParser.statement(text, parameters: [])
            Issue.record("Accepted as \(statement)")
        } catch {
            #expect(error.code == .validationException)
            #expect(error.message == message)
        }
    }

    private enum Failure: Error {
        case notExpected
    }
}
