import DynamoDB
import Fuzzing
import Testing

@testable import DynamoDBEngine

/// Updates of items in memory: grammar, semantics and messages.
@Suite struct UpdateExpressionTests {
    private static let item: Item = [
        "pk": .string("p"), "n": .number(5), "s": .string("x"), "l": .list([.number(0), .number(1), .number(2)]),
        "m": .map(["a": .number(1), "l": .list([.map(["k": .string("v")])])]), "ss": .stringSet(["a", "b"]),
        "ns": .numberSet([1, 2]),
    ]
    private static let names = ["#s": "s", "#dot": "a.b"]
    private static let values: [String: AttributeValue] = [
        ":n": .number(3), ":s": .string("new"), ":l": .list([.number(9)]), ":ss": .stringSet(["b", "c"]),
        ":ab": .stringSet(["a", "b"]), ":ns": .numberSet([2, 3]), ":m": .map([:]), ":null": .null,
        ":huge": .number(DecimalNumber("9E+125") ?? 0), ":tiny": .number(DecimalNumber("1E-130") ?? 0),
    ]

    private func update(_ text: String) throws -> ItemUpdate {
        try ExpressionParser.update(
            text,
            parameters: try ExpressionParameters(
                names: Self.names, values: Self.values, expressions: [(.update, text)]))
    }

    private func applied(_ text: String, to item: Item? = Self.item) throws -> Item? {
        try update(text).apply(to: item, key: ["pk": .string("p")])
    }

    @Test(
        arguments: [
            ("SET n = n + :n", ["n": .number(8)]), ("set n = :n - n", ["n": .number(-2)]),
            ("SET n = if_not_exists(n, :n)", [:]), ("SET x = if_not_exists(x, :n)", ["x": .number(3)]),
            ("SET x = if_not_exists(x, :n) + :n", ["x": .number(6)]),
            ("SET x = if_not_exists(m.z, if_not_exists(n, :n))", ["x": .number(5)]),
            ("SET l = list_append(l, :l)", ["l": .list([.number(0), .number(1), .number(2), .number(9)])]),
            ("SET l = list_append(:l, l)", ["l": .list([.number(9), .number(0), .number(1), .number(2)])]),
            ("SET x = list_append(if_not_exists(x, :l), :l)", ["x": .list([.number(9), .number(9)])]),
            ("SET n = #s, #s = n", ["n": .string("x"), "s": .number(5)]),
            ("SET x = l[1], l[1] = :s", ["x": .number(1), "l": .list([.number(0), .string("new"), .number(2)])]),
            ("SET #dot = :n", ["a.b": .number(3)]), ("SET x = (n + :n)", ["x": .number(8)]),
            ("SET x = (n + :n) - (n - :n)", ["x": .number(6)]),
            ("SET m.b = :n REMOVE m.a", ["m": .map(["b": .number(3), "l": .list([.map(["k": .string("v")])])])]),
            ("SET m.l[0].k = :n", ["m": .map(["a": .number(1), "l": .list([.map(["k": .number(3)])])])]),
            ("REMOVE n, absent, m.absent, l[7]", ["n": nil]),
            // Indexes are those of the old list; beyond its end values are appended in the order of indexes.
            ("REMOVE l[0], l[1]", ["l": .list([.number(2)])]),
            (
                "SET l[9] = :s, l[5] = :n",
                ["l": .list([.number(0), .number(1), .number(2), .number(3), .string("new")])]
            ),
            ("REMOVE l[0], l[3] SET l[2] = :s, l[8] = :n", ["l": .list([.number(1), .string("new"), .number(3)])]),
            ("ADD n :n, x :n", ["n": .number(8), "x": .number(3)]),
            (
                "ADD ss :ss, ns :ns, y :ss",
                [
                    "ss": .stringSet(["a", "b", "c"]), "ns": .numberSet([1, 2, 3]), "y": .stringSet(["b", "c"]),
                ]
            ),
            (
                "ADD m.a :n, l[0] :n",
                [
                    "m": .map(["a": .number(4), "l": .list([.map(["k": .string("v")])])]),
                    "l": .list([.number(3), .number(1), .number(2)]),
                ]
            ),
            ("DELETE ss :ss, ns :ns, absent :ss", ["ss": .stringSet(["a"]), "ns": .numberSet([1])]),
            ("DELETE ss :ab", ["ss": nil]),
        ] as [(String, AttributeMap<AttributeValue?>)])
    func updatesApply(text: String, changes: AttributeMap<AttributeValue?>) throws {
        var expected = Self.item
        for (name, value) in changes { expected[name] = value }
        #expect(try applied(text) == expected)
    }

    @Test(
        arguments: [
            ("SET n = absent", "The provided expression refers to an attribute that does not exist in the item"),
            ("SET x = m.absent + :n", "The provided expression refers to an attribute that does not exist in the item"),
            ("SET x.y = :n", "The document path provided in the update expression is invalid for update"),
            ("SET n.y = :n", "The document path provided in the update expression is invalid for update"),
            ("SET m[0] = :n", "The document path provided in the update expression is invalid for update"),
            ("SET l[9].x = :n", "The document path provided in the update expression is invalid for update"),
            ("REMOVE x.y", "The document path provided in the update expression is invalid for update"),
            ("SET n = #s + :n", "An operand in the update expression has an incorrect data type"),
            ("SET l = list_append(n, :l)", "An operand in the update expression has an incorrect data type"),
            ("ADD #s :n", "An operand in the update expression has an incorrect data type"),
            ("ADD ss :ns", "An operand in the update expression has an incorrect data type"),
            ("DELETE ss :ns", "An operand in the update expression has an incorrect data type"),
            ("DELETE n :ns", "An operand in the update expression has an incorrect data type"),
            (
                "SET n = :huge + :huge",
                "Number overflow. Attempting to store a number with magnitude larger than supported range"
            ),
            (
                "ADD n :tiny",
                "Number overflow. Attempting to store a number with magnitude larger than supported range"
            ),
        ])
    func misfitsAreRefused(text: String, message: String) throws {
        let error = #expect(throws: DynamoDBError.self) { try applied(text) }
        #expect(error?.message == message)
    }

    @Test(
        arguments: [
            ("", "The expression can not be empty;"),
            ("SET a = :n SET b = :n", "The \"SET\" section can only be used once in an update expression;"),
            ("FOO a", "Syntax error; token: \"FOO\", near: \"FOO a\""),
            ("SET a", "Syntax error; token: \"<EOF>\", near: \"a\""),
            ("SET a = :n,", "Syntax error; token: \"<EOF>\", near: \",\""),
            ("SET a = n + :n + :n", "Syntax error; token: \"+\", near: \":n + :n\""),
            ("ADD a b", "Syntax error; token: \"b\", near: \"a b\""),
            ("SET a = foo(n, :n)", "Invalid function name; function: foo"),
            ("SET a = IF_NOT_EXISTS(n, :n)", "Invalid function name; function: IF_NOT_EXISTS"),
            (
                "SET l = list_append(list_append(l, l), l)",
                "The function is not allowed to be used this way in an expression; function: list_append"
            ),
            ("SET a = size(n)", "The function is not allowed in an update expression; function: size"),
            (
                "SET a = if_not_exists(n)",
                "Incorrect number of operands for operator or function; operator or function: if_not_exists, number of operands: 1"
            ),
            (
                "SET a = if_not_exists(:n, :n)",
                "Operator or function requires a document path; operator or function: if_not_exists"
            ),
            (
                "SET a = list_append(l, :s)",
                "Incorrect operand type for operator or function; operator or function: list_append, operand type: S"
            ),
            (
                "SET a = n + :s",
                "Incorrect operand type for operator or function; operator or function: +, operand type: S"
            ),
            (
                "ADD a :s",
                "Incorrect operand type for operator or function; operator: ADD, operand type: STRING, typeSet: ALLOWED_FOR_ADD_OPERAND"
            ),
            (
                "DELETE a :n",
                "Incorrect operand type for operator or function; operator: DELETE, operand type: NUMBER, typeSet: ALLOWED_FOR_ADD_OPERAND"
            ),
            (
                "SET m = :m, m.a = :n",
                "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [m], path two: [m, a]"
            ),
            (
                "SET m.a = :n REMOVE m[0]",
                "Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [m, a], path two: [m, [0]]"
            ),
            (
                "SET a = :missing",
                "An expression attribute value used in expression is not defined; attribute value: :missing"
            ),
            ("SET size = :n", "Attribute name is a reserved keyword; reserved keyword: size"),
            ("SET a = ((n + :n))", "The expression has redundant parentheses;"),
        ])
    func badExpressionsAreRefused(text: String, message: String) throws {
        let error = #expect(throws: DynamoDBError.self) { try update(text) }
        #expect(error?.message == "Invalid UpdateExpression: \(message)")
    }

    @Test func onlyGivingActionsMakeAnItem() throws {
        #expect(try applied("SET a = :n", to: nil) == ["pk": .string("p"), "a": .number(3)])
        #expect(try applied("ADD a :n REMOVE b", to: nil) == ["pk": .string("p"), "a": .number(3)])
        #expect(try applied("REMOVE a DELETE b :ss", to: nil) == nil)
        #expect(try applied("REMOVE a.b, l[0]", to: nil) == nil)
        #expect(try ItemUpdate([]).apply(to: nil, key: ["pk": .string("p")]) == ["pk": .string("p")])
    }

    /// A list changed by any mix of actions, against the rule in its plainest form.
    @Test func listsFollowTheModel() throws {
        var random = SeededGenerator(seed: 31)
        for _ in 0..<2000 {
            let old = (0..<Int.random(in: 0...5, using: &random)).map { AttributeValue.number(DecimalNumber($0)) }
            var actions: [(path: DocumentPath, action: UpdateAction)] = []
            var slots: [Int: AttributeValue?] = [:]
            for (index, value) in old.enumerated() { slots[index] = .some(value) }
            for index in (0..<9).shuffled(using: &random).prefix(Int.random(in: 0...5, using: &random)) {
                let path = DocumentPath("l", [.element(index)])
                if Bool.random(using: &random) {
                    let value = AttributeValue.string(random.string())
                    actions.append((path, .set(.value(value))))
                    slots[index] = .some(value)
                } else {
                    actions.append((path, .remove))
                    slots[index] = .some(nil)
                }
            }
            let expected = slots.keys.sorted().compactMap { slots[$0] ?? nil }
            let new = try ItemUpdate(actions).apply(to: ["l": .list(old)], key: [:])
            #expect(new == ["l": .list(expected)])
        }
    }
}
