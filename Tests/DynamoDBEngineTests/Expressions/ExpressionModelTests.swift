import DynamoDB
import Fuzzing
import Testing

@testable import DynamoDBEngine

/// Generated expressions, all valid: each must parse, and do what its model does.
@Suite struct ExpressionModelTests {
    private static let seeds: [UInt64] = [301, 302, 303]
    private static let cases = 250

    private func parameters(_ writer: ExpressionWriter, _ kind: ExpressionKind) throws -> ExpressionParameters {
        try ExpressionParameters(
            names: writer.names.isEmpty ? nil : writer.names, values: writer.values.isEmpty ? nil : writer.values,
            expressions: [(kind, "given")])
    }

    /// Parses, and checks that every name and value counts as used.
    private func parse<Parsed>(
        _ kind: ExpressionKind, _ writer: ExpressionWriter, _ body: (ExpressionParameters) throws -> Parsed
    ) throws -> Parsed {
        let parameters = try parameters(writer, kind)
        let parsed = try body(parameters)
        try parameters.requireAllUsed()
        return parsed
    }

    private func withStored<Result>(_ item: Item, _ body: (StoredItem) throws -> Result) throws -> Result {
        try StoredItemEncoder.encode(item).bytes.withUnsafeBytes { try body(try StoredItem($0)) }
    }

    @Test(arguments: seeds)
    func conditions(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var met = 0
        for number in 0..<Self.cases {
            let model = random.condition()
            var writer = ExpressionWriter(random)
            let text = writer.text(model)
            random = writer.random
            let node = try parse(.condition, writer) {
                try ExpressionParser.condition(text, kind: .condition, parameters: $0)
            }
            for _ in 0..<4 {
                let item = random.smallItem()
                let isMet = try withStored(item) { try ConditionEvaluator(item: $0).meets(node) }
                #expect(
                    isMet == model.holds(on: item),
                    "seed \(seed), case \(number): \(text) with \(writer.names), \(writer.values) on \(item)")
                if isMet { met += 1 }
            }
            #expect(try ConditionEvaluator(item: nil).meets(node) == model.holds(on: [:]), "seed \(seed): \(text)")
        }
        #expect((Self.cases...Self.cases * 3).contains(met), "The items decide nothing")
    }

    @Test(arguments: seeds)
    func updates(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let key: Item = ["id": .string("k")]
        var made = 0
        for number in 0..<Self.cases {
            let model = random.update()
            var writer = ExpressionWriter(random)
            let text = writer.text(model)
            random = writer.random
            let update = try parse(.update, writer) { try ExpressionParser.update(text, parameters: $0) }
            for old in [random.smallItem(), random.smallItem(), nil] as [Item?] {
                let place =
                    "seed \(seed), case \(number): \(text) with \(writer.names), \(writer.values) on \(old ?? [:])"
                let expected = Result { () throws(Misfit) in try model.applied(to: old, key: key) }
                let found = Result { () throws(DynamoDBError) in try update.apply(to: old, key: key) }
                if let old { try checkInPlace(update, old, found, place) }
                switch (expected, found) {
                case (.success(let expected), .success(let found)):
                    #expect(found == expected, "\(place)")
                    made += 1
                case (.failure, .failure(let error)): #expect(error.code == .validationException, "\(place)")
                default: Issue.record("\(place): \(found) instead of \(expected)")
                }
            }
        }
        #expect((Self.cases / 2...Self.cases * 5 / 2).contains(made), "The updates are all alike")
    }

    /// Updates the stored form, of which only what the update names is decoded: what comes of it must be what encoding
    /// the whole item gives.
    private func checkInPlace(
        _ update: ItemUpdate, _ old: Item, _ whole: Result<Item?, DynamoDBError>, _ place: String
    ) throws {
        try withStored(old) { stored in
            let part = try stored.part(update.names)
            let changed = Result { () throws(DynamoDBError) in try update.apply(to: part.item) }
            switch (whole, changed) {
            case (.success(let whole?), .success(let changed)):
                let expected = try StoredItemEncoder.encode(whole)
                let found = try StoredItemEncoder.encode(stored, with: changed, for: part)
                #expect(found.size == expected.size && found.bytes.count == expected.bytes.count, "\(place)")
                try found.bytes.withUnsafeBytes { bytes in
                    let found = try StoredItem(bytes)
                    #expect(try found.item() == whole, "\(place)")
                    #expect(try names(found) == whole.sorted().map(\.key), "\(place)")
                }
                #expect((changed == part.item) == (whole == old), "\(place)")
            case (.failure, .failure): break
            default: Issue.record("\(place): \(changed) in place, \(whole) as a whole")
            }
        }
    }

    private func names(_ stored: StoredItem) throws -> [String] {
        var input = try stored.attributes()
        return try (0..<(try input.varint())).map { _ in
            let name = try input.countedString()
            try input.skipValue()
            return name
        }
    }

    @Test(arguments: seeds)
    func projections(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for number in 0..<Self.cases {
            let paths = random.separatePaths()
            var writer = ExpressionWriter(random)
            let text = writer.list(paths.map { writer.text($0) })
            random = writer.random
            let projection = try parse(.projection, writer) {
                try ExpressionParser.projection(text, parameters: $0)
            }
            let item = random.smallItem()
            let found = try withStored(item) { try $0.item(projection) }
            #expect(
                found == ModelProjection.parts(of: item, at: paths),
                "seed \(seed), case \(number): \(text) with \(writer.names) on \(item)")
        }
    }

    @Test(arguments: seeds)
    func keyConditions(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var found = 0
        for number in 0..<Self.cases {
            let type = random.pick([ScalarAttributeType.string, .number, .binary])
            func sortKey() -> AttributeValue {
                switch type {
                case .string: .string("s\(random.string(atMost: 3))")
                case .number: random.smallNumber()
                default: .binary([1] + random.bytes(atMost: 3))
                }
            }
            let layout = KeyLayout(
                partition: [KeyAttribute(name: "x", type: .string)], sort: [KeyAttribute(name: "name", type: type)])
            let sort = ModelOperand.path(ModelPath("name"))
            let sortCondition: ModelCondition
            switch Int.random(in: 0..<4, using: &random) {
            case 0:
                let (one, other) = (sortKey(), sortKey())
                let sorted = ModelCondition.comparison("<=", .value(one), .value(other)).holds(on: [:])
                sortCondition = .between(sort, .value(sorted ? one : other), .value(sorted ? other : one))
            case 1 where type == .string: sortCondition = .beginsWith(sort, .value(.string("s")))
            case 1 where type == .binary: sortCondition = .beginsWith(sort, .value(.binary([1, 0])))
            default:
                let operands = [sort, .value(sortKey())]
                let order = random.oneIn(2) ? operands : operands.reversed()
                sortCondition = .comparison(random.pick(["=", "<", "<=", ">", ">="]), order[0], order[1])
            }
            let partition = ModelCondition.comparison("=", .path(ModelPath("x")), .value(.string("p")))
            let model = random.oneIn(2) ? ModelCondition.and(partition, sortCondition) : .and(sortCondition, partition)
            var writer = ExpressionWriter(random)
            let text = writer.text(model)
            random = writer.random
            let node = try parse(.keyCondition, writer) {
                try ExpressionParser.condition(text, kind: .keyCondition, parameters: $0)
            }
            let range = try KeyCondition(node, on: layout).range(of: 7)
            for _ in 0..<6 {
                let item: Item = ["x": .string(random.pick(["p", "p", "p\0", "q"])), "name": sortKey()]
                var key = ItemKey(id: 7, partition: [item["x"] ?? .null])
                key.append(item["name"] ?? .null)
                let isFound = !range.isEmpty && range.contains(key.bytes)
                #expect(
                    isFound == model.holds(on: item),
                    "seed \(seed), case \(number): \(text) with \(writer.names), \(writer.values) on \(item)")
                if isFound { found += 1 }
            }
        }
        #expect(found > Self.cases)
    }
}
