internal import DynamoDB

/// Decides conditions on an item in its stored form, decoding only the attributes that the condition names.
struct ConditionEvaluator {
    /// The item; nil when there is none, which is as if it had no attributes.
    let item: StoredItem?

    func meets(_ node: ConditionNode) throws(StoredDataError) -> Bool {
        switch node {
        case .and(let one, let other): return try meets(one) ? try meets(other) : false
        case .or(let one, let other): return try meets(one) ? true : try meets(other)
        case .not(let negated): return try !meets(negated)
        case .compare(let comparator, let left, let right):
            return comparator.holds(try value(of: left), try value(of: right))
        case .between(let operand, let lower, let upper):
            let (value, low, high) = (try value(of: operand), try value(of: lower), try value(of: upper))
            return ConditionNode.Comparator.greaterOrEqual.holds(value, low)
                && ConditionNode.Comparator.lessOrEqual.holds(value, high)
        case .within(let operand, let candidates):
            guard let value = try value(of: operand) else { return false }
            for candidate in candidates where try self.value(of: candidate) == value { return true }
            return false
        case .exists(let path): return try type(at: path) != nil
        case .missing(let path): return try type(at: path) == nil
        case .type(let operand, let type): return try self.type(of: operand) == type
        case .beginsWith(let operand, let prefix):
            return try value(of: operand)?.begins(with: try value(of: prefix)) ?? false
        case .contains(let operand, let element):
            return try value(of: operand)?.contains(try value(of: element)) ?? false
        }
    }

    private func value(of operand: Operand) throws(StoredDataError) -> AttributeValue? {
        switch operand {
        case .value(let value): value
        case .path(let path): try item?.value(at: path)
        case .size(let sized): try value(of: sized)?.expressionSize.map { .number(DecimalNumber($0)) }
        case .condition(let condition): .bool(try meets(condition))
        }
    }

    private func type(at path: DocumentPath) throws(StoredDataError) -> AttributeType? {
        try item?.type(at: path)
    }

    private func type(of operand: Operand) throws(StoredDataError) -> AttributeType? {
        if case .path(let path) = operand { return try type(at: path) }
        return try value(of: operand)?.type
    }
}

extension ConditionNode.Comparator {
    /// Compares as DynamoDB does: an absent value differs from everything, even from another one, and has no order;
    /// nor have values of different types.
    fileprivate func holds(_ left: AttributeValue?, _ right: AttributeValue?) -> Bool {
        guard let left, let right else { return self == .notEqual }
        switch self {
        case .equal: return left == right
        case .notEqual: return left != right
        case .less: return left.precedes(right)
        case .greater: return right.precedes(left)
        case .lessOrEqual: return left.precedes(right) || left.type.isOrdered && left == right
        case .greaterOrEqual: return right.precedes(left) || left.type.isOrdered && left == right
        }
    }
}

extension AttributeValue {
    fileprivate func begins(with prefix: AttributeValue?) -> Bool {
        switch (self, prefix) {
        case (.string(let string), .string(let prefix)): string.utf8.starts(with: prefix.utf8)
        case (.binary(let bytes), .binary(let prefix)): bytes.starts(with: prefix)
        default: false
        }
    }

    fileprivate func contains(_ element: AttributeValue?) -> Bool {
        guard let element else { return false }
        switch (self, element) {
        case (.string(var string), .string(var part)):
            return string.withUTF8 { string in
                part.withUTF8 { UnsafeRawBufferPointer(string).contains(UnsafeRawBufferPointer($0)) }
            }
        case (.binary(let bytes), .binary(let part)):
            return bytes.withUnsafeBytes { bytes in part.withUnsafeBytes { bytes.contains($0) } }
        case (.stringSet(let members), .string(let member)): return members.contains(member)
        case (.numberSet(let members), .number(let member)): return members.contains(member)
        case (.binarySet(let members), .binary(let member)): return members.contains(member)
        case (.list(let values), _): return values.contains(element)
        default: return false
        }
    }

    /// What `size()` gives: UTF-16 units of a string, bytes of a binary, elements of a set, list or map; nil for other
    /// types.
    fileprivate var expressionSize: Int? {
        switch self {
        case .string(let string): string.utf16.count
        case .binary(let bytes): bytes.count
        case .stringSet(let members): members.count
        case .numberSet(let members): members.count
        case .binarySet(let members): members.count
        case .list(let values): values.count
        case .map(let entries): entries.count
        case .number, .bool, .null: nil
        }
    }
}

extension UnsafeRawBufferPointer {
    /// Whether the bytes occur in these: by the search of Knuth, Morris and Pratt, in a time of both lengths together.
    /// To try each place would take their product, a minute for two values of an item's size.
    fileprivate func contains(_ part: UnsafeRawBufferPointer) -> Bool {
        guard part.count <= count else { return false }
        guard part.count > 1 else { return part.isEmpty || contains(part[0]) }
        // For each length of what has matched: how much of it the part begins with as well.
        var shorter = [Int32](repeating: 0, count: part.count)
        var matched = 0
        for position in 1..<part.count {
            while matched > 0, part[position] != part[matched] { matched = Int(shorter[matched - 1]) }
            if part[position] == part[matched] { matched += 1 }
            shorter[position] = Int32(truncatingIfNeeded: matched)
        }
        matched = 0
        for byte in self {
            while matched > 0, byte != part[matched] { matched = Int(shorter[matched - 1]) }
            if byte == part[matched] { matched += 1 }
            if matched == part.count { return true }
        }
        return false
    }
}
