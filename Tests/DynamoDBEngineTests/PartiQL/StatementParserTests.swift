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
            INSERT INTO t value {'n': -1.5e-3, 'l': [1, 'x', [true, NULL]], 'm': {'k': false}, 's': <<'a', 'b'>>,
            'ns': <<1, 2.50>> /* sets */, 'b': ?, 'f': ?}
            """
        guard case .insert(let insert) = try parse(text, [.binary([1]), .bool(false)]) else {
            throw Failure.notExpected
        }
        #expect(
            insert.item == [
                "n": .number(DecimalNumber("-0.0015") ?? 0),
                "l": .list([.number(1), .string("x"), .list([.bool(true), .null])]), "m": .map(["k": .bool(false)]),
                "s": .stringSet(["a", "b"]), "ns": .numberSet([1, DecimalNumber("2.5") ?? 0]), "b": .binary([1]),
                "f": .bool(false),
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
        #expect(try condition("a = - - 1") == .compare(.equal, .path(a), one))
        #expect(try condition("(a) = (+1)") == .compare(.equal, .path(a), one))
        #expect(
            try condition("attribute_exists(a) = true")
                == .compare(.equal, .condition(.exists(a)), .value(.bool(true))))
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
            ("SELECT * FROM t WHERE a =", "Missing right-hand side expression of infix operator"),
            ("SELECT * FROM t WHERE a.inner = 1", "Invalid path dot component"),
            ("SELECT count FROM t", "Unexpected keyword"),
            ("UPDATE t SET value = 1 WHERE a = 1", "Expected identifier for simple path"),
            ("UPDATE t SET WHERE a = 1", "Expected identifier for simple path"),
            ("FROM t SET c = 1 WHERE a = 1", "Unexpected token after expression"),
            ("FROM t SET c = 1 WHERE a = 1 SET d = 2", "Unexpected token after expression"),
            ("SELECT * FROM t WHERE a = b + 1)", "Unexpected token after expression"),
            ("SELECT * FROM t WHERE a = 1e2147483648", ""),
            ("SELECT * FROM t WHERE a = 1.5e-2147483647", ""),
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
            ("SELECT * FROM t WHERE EXISTS(a)", "Unrecognized function: exists at 1:23:6"),
            ("SELECT * FROM t WHERE a LIKE 'x'", "Unsupported operator in Condition Expression. Operator: like"),
            ("SELECT * FROM t WHERE a = 5 + 5", "Unsupported operator in Condition Expression. Operator: +"),
            ("SELECT * FROM t WHERE a = b || 'x'", "Unsupported operator in Condition Expression. Operator: ||"),
            ("SELECT * FROM t WHERE a > -b", "Unsupported operator in Condition Expression. Operator: -"),
            ("SELECT * FROM t WHERE a", "WHERE clause must contain an expression that resolves to a boolean"),
            ("SELECT * FROM t WHERE a = 1 AND b", "The arguments to AND/OR must be Expressions"),
            ("SELECT * FROM t WHERE NOT a", "The argument to NOT must be a Type or Expression"),
            ("SELECT * FROM t WHERE a = MISSING", "MISSING must be compared using IS operator"),
            (
                "SELECT * FROM t WHERE a IS INT4",
                "Unsupported data type for IS operator: INTEGER4. Supported data types are [MISSING, NULL, BOOLEAN, "
                    + "BLOB, STRING, NUMERIC, STRUCT, TUPLE, LIST] at 1:25:2"
            ),
            ("x IS INT8", "Unsupported operation: IsType"),
            ("x IS DOUBLE PRECISION", "Unsupported operation: IsType"),
            ("x IS CHARACTER VARYING", "Unsupported operation: IsType"),
            (
                "SELECT * FROM t WHERE a IN []",
                "IN operator must have a left hand argument of type Variable Reference and right hand argument of type "
                    + "Seq with at least one member"
            ),
            ("SELECT a AS b FROM t", "Aliasing is not supported"),
            ("SELECT a, b.a FROM t", "Duplicate identifiers in select clause: a"),
            ("SELECT * FROM t, u", "Only select from a single table or index is supported."),
            ("SELECT a[*] FROM t", "Wildcard path component like a[*].b are not supported"),
            ("SELECT a.*.b FROM t", "Unpivot path component like a.*.b are not supported"),
            (
                "SELECT l[2147483648] FROM t",
                "List index is not within the allowable range; index: [2147483648] at 1:10:10"
            ),
            ("INSERT INTO t VALUE {'a': 1, 'a': 2}", "Duplicate keys in tuple. Key: a under root"),
            (
                "UPDATE t SET a = <<2, 2.0>> WHERE b = 1",
                "One or more parameter values were invalid: Input collection [2, 2.0] contains duplicates! under root"
            ),
            (
                "UPDATE t SET a = [?] WHERE b = 1",
                "Unsupported data type: Parameter under key root[0] at 1:19:1"
            ),
            (
                "INSERT INTO t VALUE {'a': {'k': ?}}",
                "Unsupported data type: Parameter under key root.k at 1:33:1"
            ),
            (
                "UPDATE t SET a = " + String(repeating: "{'a': ", count: 32) + "1"
                    + String(repeating: "}", count: 32) + " WHERE b = 1",
                "Nesting Levels have exceeded supported limits under root" + String(repeating: ".a", count: 32)
            ),
            (
                "UPDATE t SET a = {'a': " + String(repeating: "[", count: 31) + "1" + String(repeating: "]", count: 31)
                    + "} WHERE b = 1",
                "Nesting Levels have exceeded supported limits under root.a" + String(repeating: "[0]", count: 31)
            ),
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
