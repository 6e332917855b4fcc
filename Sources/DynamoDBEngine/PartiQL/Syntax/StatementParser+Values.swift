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

    /// - Parameters:
    ///   - place: the way to the value in the literal that it is part of, for errors.
    ///   - depth: how many others it is part of.
    mutating func literal(at place: String = "root", depth: Int = 0) throws(DynamoDBError) -> AttributeValue {
        guard depth < Limits.nestingDepth else {
            throw .validation("Nesting Levels have exceeded supported limits under \(place)")
        }
        switch token.kind {
        case .string: return .string(try advance().text)
        case .number: return try number(at: place)
        case .parameter:
            guard depth == 0 else {
                throw .validation("Unsupported data type: Parameter under key \(place) at \(self.place(of: token))")
            }
            return try parameter()
        case .sign(.minus), .sign(.plus): return try signedNumber(at: place)
        case .sign(.openBracket): return try list(at: place, depth)
        case .sign(.openBrace): return try tuple(at: place, depth)
        case .sign(.openBag): return try bag(at: place, depth)
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

    /// A number with any signs before it.
    private mutating func signedNumber(at place: String) throws(DynamoDBError) -> AttributeValue {
        var isNegative = false
        while token.kind == .sign(.minus) || token.kind == .sign(.plus) {
            if try advance().kind == .sign(.minus) { isNegative.toggle() }
        }
        guard token.kind == .number, case .number(let magnitude) = try number(at: place) else {
            throw unexpectedToken()
        }
        return .number(isNegative ? magnitude.negated : magnitude)
    }

    private mutating func number(at place: String) throws(DynamoDBError) -> AttributeValue {
        let text = try advance().text
        guard DecimalNumber.hasNarrowScale(text.utf8) else { throw .malformedStatement("") }
        do {
            return .number(try DecimalNumber(parsing: text))
        } catch {
            throw .validation("\(error) under \(place)")
        }
    }

    private mutating func list(at place: String, _ depth: Int) throws(DynamoDBError) -> AttributeValue {
        .list(
            try elements(until: .closeBracket) { parser, index throws(DynamoDBError) in
                try parser.literal(at: "\(place)[\(index)]", depth: depth + 1)
            })
    }

    private mutating func tuple(at place: String, _ depth: Int) throws(DynamoDBError) -> AttributeValue {
        .map(
            try members(at: place) { parser, name throws(DynamoDBError) in
                try parser.literal(at: "\(place).\(name)", depth: depth + 1)
            })
    }

    /// A whole item, each of whose attributes is a root.
    mutating func item() throws(DynamoDBError) -> Item {
        guard token.kind == .sign(.openBrace) else {
            _ = try literal()
            throw .validation(
                "Unsupported format in item expression. Please use struct format {...} to express item values for "
                    + "insert statement.")
        }
        return try members(at: "root") { parser, _ throws(DynamoDBError) in try parser.literal() }
    }

    private mutating func members(
        at place: String, _ read: (inout StatementParser, String) throws(DynamoDBError) -> AttributeValue
    ) throws(DynamoDBError) -> Item {
        var members: Item = [:]
        _ = try elements(until: .closeBrace) { parser, _ throws(DynamoDBError) in
            guard parser.token.kind == .string else { throw parser.unexpectedToken() }
            let name = try parser.advance().text
            try parser.expect(.colon)
            let value = try read(&parser, name)
            guard members[name] == nil else {
                throw .validation("Duplicate keys in tuple. Key: \(name) under \(place)")
            }
            members[name] = value
        }
        return members
    }

    private mutating func bag(at place: String, _ depth: Int) throws(DynamoDBError) -> AttributeValue {
        let members = try elements(until: .closeBag) { parser, index throws(DynamoDBError) in
            let first = parser.token
            let value = try parser.literal(at: "\(place)[\(index)]", depth: depth + 1)
            return (value: value, text: parser.text(from: first))
        }
        return try .set(ofBag: members, at: place)
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
    ///
    /// - Parameter members: the values, and how they are written.
    fileprivate static func set(
        ofBag members: [(value: AttributeValue, text: String)], at place: String
    ) throws(DynamoDBError) -> AttributeValue {
        guard let first = members.first?.value else { throw .validation("Empty bags are not supported") }
        var strings: StringSet = []
        var numbers: Set<DecimalNumber> = []
        for member in members {
            switch (first, member.value) {
            case (.string, .string(let text)): strings.insert(text)
            case (.number, .number(let number)): numbers.insert(number)
            default:
                throw .validation(
                    "Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags")
            }
        }
        let duplicates = "One or more parameter values were invalid: Input collection "
        if case .number = first {
            guard numbers.count == members.count else {
                let texts = members.map { $0.text }.joined(separator: ", ")
                throw .validation("\(duplicates)[\(texts)] contains duplicates! under \(place)")
            }
            return .numberSet(numbers)
        }
        guard strings.count == members.count else {
            let texts = members.compactMap { $0.value.string }.joined(separator: ", ")
            throw .validation("\(duplicates)[\(texts)] contains duplicates.")
        }
        return .stringSet(strings)
    }
}
