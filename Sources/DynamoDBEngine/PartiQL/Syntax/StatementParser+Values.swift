internal import DynamoDB

/// The grammar of values:
///
/// ```
/// value = 'text' | [-] number | TRUE | FALSE | NULL | ?
///       | [ value, … ] | { 'name': value, … } | << value, … >>
/// ```
extension StatementParser {
    /// Whether a value begins here.
    var isLiteral: Bool {
        switch token.kind {
        case .string, .number, .parameter: true
        case .sign(let sign): [.minus, .plus, .openBracket, .openBrace, .openBag].contains(sign)
        case .word: token.isKeyword(.true) || token.isKeyword(.false) || token.isKeyword(.null)
        case .quotedName, .end: false
        }
    }

    /// - Parameter place: the way to the value in the literal that it is part of, for errors.
    mutating func literal(at place: String = "root") throws(DynamoDBError) -> AttributeValue {
        switch token.kind {
        case .string: return .string(try advance().text)
        case .number: return try number(at: place)
        case .parameter: return try parameter()
        case .sign(.minus), .sign(.plus): return try signedNumber(at: place)
        case .sign(.openBracket): return try list(at: place)
        case .sign(.openBrace): return try tuple(at: place)
        case .sign(.openBag): return try bag(at: place)
        case .word:
            if try isFunctionCall {
                throw .validation("Unsupported data type: \(token.text) under key \(place) at \(self.place(of: token))")
            }
            if try accept(.true) { return .bool(true) }
            if try accept(.false) { return .bool(false) }
            if try accept(.null) { return .null }
        case .quotedName, .sign, .end: break
        }
        throw unexpectedToken()
    }

    private mutating func signedNumber(at place: String) throws(DynamoDBError) -> AttributeValue {
        let isNegative = try advance().kind == .sign(.minus)
        guard token.kind == .number, case .number(let magnitude) = try number(at: place) else {
            throw unexpectedToken()
        }
        return .number(isNegative ? magnitude.negated : magnitude)
    }

    private mutating func number(at place: String) throws(DynamoDBError) -> AttributeValue {
        let text = try advance().text
        do {
            return .number(try DecimalNumber(parsing: text))
        } catch {
            throw .validation("\(error) under \(place)")
        }
    }

    private mutating func list(at place: String) throws(DynamoDBError) -> AttributeValue {
        .list(
            try elements(until: .closeBracket) { parser, index throws(DynamoDBError) in
                try parser.literal(at: "\(place)[\(index)]")
            })
    }

    /// - Parameter place: nil for a whole item, each of whose attributes is a root.
    mutating func tuple(at place: String?) throws(DynamoDBError) -> AttributeValue {
        var members: Item = [:]
        _ = try elements(until: .closeBrace) { parser, _ throws(DynamoDBError) in
            guard parser.token.kind == .string else { throw parser.unexpectedToken() }
            let name = try parser.advance().text
            try parser.expect(.colon)
            let value = try parser.literal(at: place.map { "\($0).\(name)" } ?? "root")
            guard members[name] == nil else {
                throw .validation("A tuple has the name \(name) more than once")
            }
            members[name] = value
        }
        return .map(members)
    }

    private mutating func bag(at place: String) throws(DynamoDBError) -> AttributeValue {
        let members = try elements(until: .closeBag) { parser, index throws(DynamoDBError) in
            try parser.literal(at: "\(place)[\(index)]")
        }
        return try .set(ofBag: members)
    }

    /// Elements between commas, up to the closing sign; the opening one is next.
    private mutating func elements<Element>(
        until end: StatementToken.Sign,
        _ element: (inout StatementParser, Int) throws(DynamoDBError) -> Element
    ) throws(DynamoDBError) -> [Element] {
        try advance()
        var elements: [Element] = []
        if try accept(end) { return elements }
        repeat {
            elements.append(
                try nested { parser throws(DynamoDBError) in try element(&parser, elements.count) })
        } while try accept(.comma)
        try expect(end)
        return elements
    }
}

extension AttributeValue {
    /// The set that a bag of values is stored as.
    fileprivate static func set(ofBag members: [AttributeValue]) throws(DynamoDBError) -> AttributeValue {
        guard let first = members.first else { throw .validation("Empty bags are not supported") }
        guard Set(members).count == members.count else {
            let texts = members.map { member in
                switch member {
                case .string(let text): text
                case .number(let number): number.description
                default: member.type.rawValue
                }
            }
            throw .validation(
                "One or more parameter values were invalid: Input collection [\(texts.joined(separator: ", "))] "
                    + "contains duplicates.")
        }
        var strings: StringSet = []
        var numbers: Set<DecimalNumber> = []
        for member in members {
            switch (first, member) {
            case (.string, .string(let text)): strings.insert(text)
            case (.number, .number(let number)): numbers.insert(number)
            default:
                throw .validation(
                    "Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags")
            }
        }
        return strings.isEmpty ? .numberSet(numbers) : .stringSet(strings)
    }
}
