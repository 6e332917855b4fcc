import DynamoDB
import Testing

@testable import DynamoDBEngine

@Suite struct ExpressionTests {
    private static let item: Item = [
        "s": .string("hello"), "n": .number(5), "b": .binary([1, 2, 3]), "t": .bool(true), "z": .null,
        "u": .string("aé😀"), "l": .list([.string("x"), .number(7), .map(["k": .string("deep")])]),
        "m": .map(["a": .number(1), "b": .map(["c": .string("nested")])]),
        "ss": .stringSet(["p", "q"]), "ns": .numberSet([1, 2]),
    ]
    private static let names = ["#s": "s", "#dot": "a.b"]
    private static let values: [String: AttributeValue] = [
        ":hello": .string("hello"), ":he": .string("he"), ":ell": .string("ell"), ":five": .number(5),
        ":four": .number(4), ":six": .number(6), ":S": .string("S"), ":N": .string("N"), ":p": .string("p"),
        ":one": .number(1),
        ":x": .string("x"), ":bytes": .binary([2, 3]), ":true": .bool(true), ":deep": .string("deep"),
    ]

    private func parameters(_ kind: ExpressionKind = .condition) throws -> ExpressionParameters {
        try ExpressionParameters(
            names: Self.names, values: kind == .projection ? nil : Self.values, expressions: [(kind, "given")])
    }

    private func isMet(_ text: String) throws -> Bool {
        let node = try ExpressionParser.condition(text, kind: .condition, parameters: try parameters())
        return try StoredItemEncoder.encode(Self.item).bytes.withUnsafeBytes { bytes in
            try ConditionEvaluator(item: try StoredItem(bytes)).meets(node)
        }
    }

    @Test(arguments: [
        "s = :hello", "#s = :hello", "s <> :he", ":hello = s", "n < :six", "n <= :five", "n > :four", "n >= :five",
        "n BETWEEN :four AND :six", "n between :five and :five", "s IN (:he, :hello)", "attribute_exists(s)",
        "attribute_not_exists(absent)", "attribute_exists(m.b.c)", "attribute_exists(l[2].k)", "l[2].k = :deep",
        "attribute_type(s, :S)", "begins_with(s, :he)", "attribute_not_exists(l[4294967294])",
        "n IN (" + Array(repeating: ":five", count: 100).joined(separator: ", ") + ")", "contains(s, :ell)",
        "contains(ss, :p)", "contains(l, :x)",
        "contains(ns, :one)", "contains(b, :bytes)", "size(s) = :five", "size(l) < :four", "size(m) > :one",
        "NOT s = :he", "NOT (s = :he OR n = :four)", "s = :he OR n = :five AND t = :true", "m.a = :one",
        "(s = :hello) AND ((n = :five) OR absent = :he)", "absent <> :he", "n <> :hello", "t = :true",
        "absent <> absent2", "attribute_type(:five, :N)", "attribute_type(size(s), :N)", "not contains(s, :p)",
        "size ( s ) = :five", "attribute_exists(z)", "size(u) = :four",
    ])
    func conditionsHold(text: String) throws {
        #expect(try isMet(text))
    }

    @Test(arguments: [
        "s = :he", "absent = :he", "absent = absent2", "absent < absent2", "absent < :five", "n < :hello",
        "n BETWEEN :six AND :six", "s IN (:he, :p)",
        "attribute_exists(l[3])", "attribute_exists(l.k)", "attribute_not_exists(s)", "attribute_type(n, :S)",
        "begins_with(n, :he)", "contains(s, :five)", "size(n) = :five", "size(absent) = :five",
        "s = :he AND n = :five", "NOT n = :five", "begins_with(s, :ell)", "absent BETWEEN :four AND :six",
    ])
    func conditionsFail(text: String) throws {
        #expect(try !isMet(text))
    }

    @Test(
        arguments: [
            ("", "The expression can not be empty;"),
            ("s = ", "Syntax error; token: \"<EOF>\", near: \"= \""),
            ("s = :hello)", "Syntax error; token: \")\", near: \":hello)\""),
            ("s ! :hello", "Syntax error; token: \"!\", near: \"s ! :hello\""),
            ("size = :five", "Attribute name is a reserved keyword; reserved keyword: size"),
            ("name = :five", "Attribute name is a reserved keyword; reserved keyword: name"),
            (
                "#no = :five",
                "An expression attribute name used in the document path is not defined; attribute name: #no"
            ),
            ("s = :no", "An expression attribute value used in expression is not defined; attribute value: :no"),
            ("((s = :hello))", "The expression has redundant parentheses;"),
            (
                "s = s",
                "The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [s]"
            ),
            (
                "l[4294967295] = :five",
                "List index is not within the allowable range; index: [4294967295]"
            ),
            (
                "l[99999999999999999999999] = :five",
                "List index is not within the allowable range; index: [99999999999999999999999]"
            ),
            (
                "n IN (" + Array(repeating: ":five", count: 101).joined(separator: ", ") + ")",
                "The IN operator is provided with too many operands; number of operands: 101"
            ),
            ("made_up(s)", "Invalid function name; function: made_up"),
            (
                "list_append(s, s) = :five",
                "The function is not allowed in a condition expression; function: list_append"
            ),
            ("_s = :five", "Syntax error; token: \"_\", near: \"_s\""),
            ("!!! s", "Syntax error; token: \"!\", near: \"!!\""),
            ("s é = :five", "Syntax error; token: \"é\", near: \"s é =\""),
            (
                "attribute_exists(s, n)",
                "Incorrect number of operands for operator or function; operator or function: attribute_exists, number of operands: 2"
            ),
            (
                "attribute_exists(:he)",
                "Operator or function requires a document path; operator or function: attribute_exists"
            ),
            (
                "begins_with(s, :five)",
                "Incorrect operand type for operator or function; operator or function: begins_with, operand type: N"
            ),
            (
                "n < :true",
                "Incorrect operand type for operator or function; operator or function: <, operand type: BOOL"
            ),
            (
                "size(:five) = :five",
                "Incorrect operand type for operator or function; operator or function: size, operand type: N"
            ),
            ("size(s)", "The function is not allowed to be used this way in an expression; function: size"),
            (
                "begins_with(s, :he) = :true",
                "The function is not allowed to be used this way in an expression; function: begins_with"
            ),
            (
                "attribute_type(s, :he)",
                "Invalid attribute type name found; type: he, valid types: {N,BS,L,B,NULL,M,S,SS,NS,BOOL}"
            ),
            (
                "n BETWEEN :six AND :four",
                "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:6}, upper bound operand: AttributeValue: {N:4}"
            ),
            (
                "n BETWEEN :six AND :he",
                "The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: AttributeValue: {N:6}, upper bound operand: AttributeValue: {S:he}"
            ),
        ] as [(String, String)])
    func errorsAreAWSs(text: String, message: String) throws {
        let error = #expect(throws: DynamoDBError.self) { try isMet(text) }
        #expect(error?.code == .validationException)
        #expect(error?.message == "Invalid ConditionExpression: \(message)")
    }

    @Test(
        arguments: [
            ("s", ["s": .string("hello")]), ("s, n", ["s": .string("hello"), "n": .number(5)]),
            ("m.b.c", ["m": .map(["b": .map(["c": .string("nested")])])]),
            ("l[2].k, l[0]", ["l": .list([.string("x"), .map(["k": .string("deep")])])]), ("absent", [:]),
            ("m.absent", [:]), ("l[9]", [:]), ("s.x", [:]), ("#dot", [:]),
        ] as [(String, Item)])
    func projectionsSelect(text: String, expected: Item) throws {
        let projection = try ExpressionParser.projection(text, parameters: try parameters(.projection))
        let found = try StoredItemEncoder.encode(Self.item).bytes.withUnsafeBytes { bytes in
            try StoredItem(bytes).item(projection)
        }
        #expect(found == expected)
    }

    @Test(arguments: ["m, m.b", "m.b, m", "s, s", "m.b, m[0]", "l[1].k, l[1]"])
    func overlapsAreRefused(text: String) throws {
        let error = #expect(throws: DynamoDBError.self) {
            try ExpressionParser.projection(text, parameters: try parameters(.projection))
        }
        #expect(error?.message.contains("with each other; must remove or rewrite one of these paths") == true)
    }

    @Test func namesAndReferencesHaveTheirLengths() throws {
        func check(_ reference: String, _ name: String) throws {
            _ = try ExpressionParameters(names: [reference: name], values: nil, expressions: [(.projection, "x")])
        }
        let long = String(repeating: "n", count: Limits.attributeNameSize)
        try check("#" + String(repeating: "r", count: 254), long)
        for (reference, name) in [("#a", ""), ("#a", long + "n"), ("#" + String(repeating: "r", count: 255), "a")] {
            let error = #expect(throws: DynamoDBError.self) { try check(reference, name) }
            #expect(error?.code == .validationException)
        }
        #expect(throws: DynamoDBError.self) { try ItemProjection(attributesToGet: [long + "n"]) }
        _ = try StoredItemEncoder.encode([long: .null])
        #expect(throws: DynamoDBError.self) { try StoredItemEncoder.encode([long + "n": .null]) }
        #expect(throws: DynamoDBError.self) { try StoredItemEncoder.encode(["": .null]) }
    }

    @Test func unusedParametersAreRefused() throws {
        let given = try ExpressionParameters(
            names: ["#a": "a"], values: [":v": .null], expressions: [(.condition, "x")])
        #expect(throws: DynamoDBError.self) { try given.requireAllUsed() }
        _ = try ExpressionParser.condition("#a = :v", kind: .condition, parameters: given)
        try given.requireAllUsed()
        #expect(throws: DynamoDBError.self) {
            try ExpressionParameters(names: nil, values: [":v": .null], expressions: [(.filter, nil)])
        }
    }
}
