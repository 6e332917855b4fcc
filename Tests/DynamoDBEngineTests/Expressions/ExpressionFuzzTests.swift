import DynamoDB
import Fuzzing
import Testing

@testable import DynamoDBEngine

/// Whatever text it is given, a parser makes something of it that can be carried out, or refuses it as a
/// ValidationException; it neither traps nor hangs.
@Suite struct ExpressionFuzzTests {
    /// An expression of some kind, with names and values that it may refer to.
    struct Request {
        let kind: ExpressionKind
        let text: String
        let names: [String: String]
        let values: [String: AttributeValue]
    }

    private static let kinds: [ExpressionKind] = [.condition, .filter, .keyCondition, .projection, .update]
    private static let parts = [
        "a1", "m1.x", "l1[0]", "#0n", ":v0", ":v1", "#", ":", "(", ")", "[", "]", "[0]", ",", ".", "=", "<>", "<", "<=",
        "+", "-", " AND ", " OR ", " NOT ", " BETWEEN ", " IN ", " SET ", " REMOVE ", " ADD ", " DELETE ", "size(",
        "attribute_exists(", "attribute_type(", "begins_with(", "contains(", "if_not_exists(", "list_append(", "name",
        "99999999999999999999", "\0", "é", "\"", "'", "\n",
    ]

    /// - Returns: whether it is an expression.
    private func isAccepted(_ request: Request, on item: Item) throws -> Bool {
        do {
            let parameters = try ExpressionParameters(
                names: request.names, values: request.kind == .projection ? nil : request.values,
                expressions: [(request.kind, request.text)])
            let text = request.text
            switch request.kind {
            case .update:
                let update = try ExpressionParser.update(text, parameters: parameters)
                _ = try update.apply(to: item, key: ["id": .string("k")])
            case .projection:
                let projection = try ExpressionParser.projection(text, parameters: parameters)
                _ = try StoredItemEncoder.encode(item).bytes.withUnsafeBytes { try StoredItem($0).item(projection) }
            case .condition, .filter, .keyCondition, .searchCondition, .statement:
                let node = try ExpressionParser.condition(text, kind: request.kind, parameters: parameters)
                _ = try StoredItemEncoder.encode(item).bytes.withUnsafeBytes {
                    try ConditionEvaluator(item: try StoredItem($0)).meets(node)
                }
                guard request.kind == .keyCondition else { break }
                let layout = KeyLayout(
                    partition: [KeyAttribute(name: "a1", type: .string)],
                    sort: [KeyAttribute(name: "b1", type: .number)])
                _ = try KeyCondition(node, on: layout).range(of: 7)
            }
            return true
        } catch let error as DynamoDBError where error.code == .validationException {
            return false
        }
    }

    private func valid(_ random: inout SeededGenerator) -> Request {
        let kind = random.pick(Self.kinds)
        var writer = ExpressionWriter(random)
        let text: String
        switch kind {
        case .update: text = writer.text(writer.random.update())
        case .projection:
            text = writer.list(writer.random.separatePaths().map { writer.text($0) })
        case .keyCondition:
            text = writer.text(
                ModelCondition.and(
                    .comparison("=", .path(ModelPath("a1")), .value("p")),
                    .comparison("<", .path(ModelPath("b1")), .value(1))))
        case .condition, .filter, .searchCondition, .statement: text = writer.text(writer.random.condition())
        }
        random = writer.random
        return Request(
            kind: kind, text: text, names: writer.names.merging(["#0n": "name"]) { own, _ in own },
            values: writer.values.merging([":v0": "a", ":v1": 1]) { own, _ in own })
    }

    @Test(arguments: [311, 312, 313] as [UInt64])
    func changedExpressions(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var accepted = 0
        for _ in 0..<1_000 {
            let request = valid(&random)
            let bytes = random.mutated(Array(request.text.utf8), inserting: Self.parts)
            let changed = Request(
                kind: request.kind, text: String(decoding: bytes, as: UTF8.self), names: request.names,
                values: request.values)
            if try isAccepted(changed, on: random.smallItem()) { accepted += 1 }
        }
        #expect((10..<700).contains(accepted), "seed \(seed)")
    }

    @Test(arguments: [321, 322] as [UInt64])
    func wordsAndBytesInAnyOrder(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<2_000 {
            let text =
                random.oneIn(4)
                ? String(decoding: random.noise(atMost: 40), as: UTF8.self) : random.words(atMost: 12, of: Self.parts)
            let request = Request(
                kind: random.pick(Self.kinds), text: text, names: ["#0n": "name"], values: [":v0": "a", ":v1": 1])
            _ = try isAccepted(request, on: random.smallItem())
        }
    }

    /// As deep and as long as the limit of 4 KB lets an expression be.
    @Test(arguments: [
        "(", "((", "NOT ", "size(", "a1 = (", "contains(a1, ", "a1 = :v0 AND ", "a1 = :v0 OR (", "NOT (", "a1 IN (",
        "a1 BETWEEN :v1 AND ", "a1.", "a1[0].", "[0]", "SET a1 = ", "SET a1 = (", "SET a1 = if_not_exists(a1, ",
        "SET a1 = list_append(", "SET a1 = :v1 + ", "REMOVE a1, ", "#0n.", ",",
    ])
    func deepAndLong(part: String) throws {
        for kind in Self.kinds {
            for start in ["", "a1", "SET a1 = ", "REMOVE a1"] {
                let depth = (Limits.expressionSize - start.utf8.count) / part.utf8.count
                let text = start + String(repeating: part, count: depth)
                let request = Request(kind: kind, text: text, names: ["#0n": "name"], values: [":v0": "a", ":v1": 1])
                #expect(try !isAccepted(request, on: ["a1": "x"]), "\(kind) of \(part)")
            }
        }
    }

    /// 300 operators are let in, one more is not; nor is a byte more than 4 KB.
    @Test func limits() throws {
        func chain(_ first: String, _ next: String, _ count: Int) -> String {
            first + String(repeating: next, count: count)
        }
        func isAccepted(_ kind: ExpressionKind, _ text: String) throws -> Bool {
            try self.isAccepted(
                Request(kind: kind, text: text, names: ["#0n": "name"], values: [":v0": "a", ":v1": 1]), on: ["a1": 1])
        }
        #expect(try isAccepted(.condition, chain("a1=:v1", " OR a1=:v1", 149) + " OR NOT a1=:v1") == false)
        #expect(try isAccepted(.condition, chain("NOT a1=:v1", " OR a1=:v1", 149)))
        #expect(try isAccepted(.filter, String(repeating: "NOT ", count: 299) + "a1=:v1"))
        #expect(try isAccepted(.filter, String(repeating: "NOT ", count: 300) + "a1=:v1") == false)
        let sums = { (count: Int) in (0..<count).map { "x\($0)=a1+:v1" }.joined(separator: ",") }
        #expect(try isAccepted(.update, "SET " + sums(260)))
        #expect(try isAccepted(.update, "SET " + sums(301)) == false)
        let spaces = { (count: Int) in "a1=:v1" + String(repeating: " ", count: count - 6) }
        #expect(try isAccepted(.condition, spaces(4096)))
        #expect(try isAccepted(.condition, spaces(4097)) == false)
    }

    /// 32 levels are let in, one more is not.
    @Test func pathsNestAsDeepAsItems() throws {
        for step in [".x", "[0]"] {
            let text = { (levels: Int) in "a1" + String(repeating: step, count: levels - 1) }
            let request = { Request(kind: .projection, text: $0, names: ["#0n": "name"], values: [:]) }
            #expect(try isAccepted(request(text(32)), on: ["a1": "x"]))
            let error = #expect(throws: DynamoDBError.self) {
                try ExpressionParser.projection(
                    text(33), parameters: try ExpressionParameters(names: nil, values: nil, expressions: []))
            }
            #expect(
                error?.message
                    == "Invalid ProjectionExpression: The document path has too many nesting levels; nesting levels: 33"
            )
        }
    }
}
