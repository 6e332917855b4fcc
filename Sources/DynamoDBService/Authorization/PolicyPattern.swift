/// A text of a policy that others are compared with: with wildcards and policy variables, as IAM has them.
///
/// `*` is any number of characters, `?` one. `${aws:username}` is the value of a key, `${aws:username, 'nobody'}` with what
/// stands for a missing one; `${*}`, `${?}` and `${$}` are the characters themselves.
struct PolicyPattern: Sendable, Hashable {
    private enum Part: Sendable, Hashable {
        case byte(UInt8)
        case one
        case many
        case variable(PolicyKey, fallback: String?)
    }

    private let parts: [Part]
    private let hasVariables: Bool
    /// The only text that matches, if there is one.
    private let literal: String?

    /// - Parameters:
    ///   - wildcards: whether `*` and `?` stand for others.
    ///   - variables: whether `${…}` does: in documents of the version 2012-10-17.
    init(_ text: String, wildcards: Bool, variables: Bool) throws(PolicyError) {
        var parts: [Part] = []
        var rest = text.utf8[...]
        while let byte = rest.first {
            if variables, rest.starts(with: "${".utf8) {
                guard let end = rest.firstIndex(of: UInt8(ascii: "}")) else {
                    throw PolicyError("\"\(text)\" has a ${ without a }")
                }
                let name = String(decoding: rest[rest.index(rest.startIndex, offsetBy: 2)..<end], as: UTF8.self)
                parts += try Self.variable(name)
                rest = rest[rest.index(after: end)...]
                continue
            }
            switch byte {
            case UInt8(ascii: "*") where wildcards: if parts.last != .many { parts.append(.many) }
            case UInt8(ascii: "?") where wildcards: parts.append(.one)
            default: parts.append(.byte(byte))
            }
            rest = rest.dropFirst()
        }
        self.parts = parts
        hasVariables = parts.contains { if case .variable = $0 { true } else { false } }
        literal = Self.literal(parts)
    }

    private static func variable(_ text: String) throws(PolicyError) -> [Part] {
        switch text {
        case "*", "?", "$": return text.utf8.map(Part.byte)
        default: break
        }
        let pieces = text.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
        let name = pieces[0].filter { $0 != " " }
        guard let key = PolicyKey(name), key.canBeVariable else {
            throw PolicyError("${\(text)} is no variable that is known here")
        }
        guard pieces.count == 2 else { return [.variable(key, fallback: nil)] }
        let quoted = pieces[1].drop { $0 == " " }
        guard quoted.count >= 2, quoted.first == "'", quoted.last == "'" else {
            throw PolicyError("the default of ${\(text)} must stand between '…'")
        }
        return [.variable(key, fallback: String(quoted.dropFirst().dropLast()))]
    }

    private static func literal(_ parts: [Part]) -> String? {
        var bytes: [UInt8] = []
        for part in parts {
            guard case .byte(let byte) = part else { return nil }
            bytes.append(byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether every text matches.
    var matchesAll: Bool { parts == [.many] }

    /// Whether a text matches. Bytes are compared: texts that only look alike differ.
    ///
    /// - Parameter value: gives the values of variables.
    func matches(_ text: String, ignoringCase: Bool = false, _ value: (PolicyKey) -> String?) -> Bool {
        if ignoringCase {
            return resolved(value).flatMap(Self.literal).map {
                $0.lowercased().utf8.elementsEqual(text.lowercased().utf8)
            }
                ?? false
        }
        if let literal { return literal.utf8.elementsEqual(text.utf8) }
        guard let parts = hasVariables ? resolved(value) : parts else { return false }
        var text = text
        return text.withUTF8 { Self.match(parts, $0) }
    }

    /// The parts with the values of the variables, which are texts and no patterns; nil if one is missing.
    private func resolved(_ value: (PolicyKey) -> String?) -> [Part]? {
        guard hasVariables else { return parts }
        var resolved: [Part] = []
        for part in parts {
            guard case .variable(let key, let fallback) = part else {
                resolved.append(part)
                continue
            }
            guard let text = value(key) ?? fallback else { return nil }
            resolved += text.utf8.map(Part.byte)
        }
        return resolved
    }

    /// Only the last `*` is ever tried again, so that the time is at most the product of both lengths.
    private static func match(_ parts: [Part], _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        func end(of character: Int) -> Int {
            var end = character + 1
            while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
            return end
        }
        var (part, position) = (0, 0)
        var star: (part: Int, position: Int)?
        while position < text.count {
            if part < parts.count {
                switch parts[part] {
                case .many:
                    star = (part, position)
                    part += 1
                    continue
                case .one:
                    part += 1
                    position = end(of: position)
                    continue
                case .byte(text[position]):
                    part += 1
                    position += 1
                    continue
                case .byte, .variable: break
                }
            }
            guard let last = star else { return false }
            position = end(of: last.position)
            star = (last.part, position)
            part = last.part + 1
        }
        return parts[part...].allSatisfy { $0 == .many }
    }
}

/// What a statement is about, by ARN.
///
/// The account and the partition do not matter, and the region only where regions have tables of their own: here one
/// directory is served under whatever region a request is signed for. If regions mattered, whoever asks could leave a Deny
/// by signing for another one.
struct PolicyResource: Sendable, Hashable {
    private let region: PolicyPattern
    private let path: PolicyPattern

    init(_ text: String, variables: Bool) throws(PolicyError) {
        func pattern(_ text: Substring) throws(PolicyError) -> PolicyPattern {
            try PolicyPattern(String(text), wildcards: true, variables: variables)
        }
        if text == "*" {
            region = try pattern("*")
            path = region
            return
        }
        // The colon of a variable is none of the ARN's.
        var parts: [Substring] = []
        var (start, depth) = (text.startIndex, 0)
        for index in text.utf8.indices where parts.count < 5 {
            switch text.utf8[index] {
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"): depth -= 1
            case UInt8(ascii: ":") where depth == 0:
                parts.append(text[start..<index])
                start = text.utf8.index(after: index)
            default: break
            }
        }
        parts.append(text[start...])
        let refusal = PolicyError("\"\(text)\" is neither * nor an ARN such as arn:aws:dynamodb:*:*:table/NAME")
        guard parts.count >= 3, parts[0] == "arn", parts[1].hasPrefix("aws") || parts[1] == "*" else { throw refusal }
        guard parts[2] == "dynamodb" else {
            throw PolicyError("\"\(text)\" is a resource of another service; here are only those of dynamodb")
        }
        // What an ARN lacks is any.
        while parts.count < 6 { parts.append("*") }
        guard parts[3].utf8.allSatisfy({ $0.isRegionByte }), parts[4].utf8.allSatisfy({ $0.isAccountByte }) else {
            throw refusal
        }
        guard !parts[5].isEmpty else { throw refusal }
        region = try pattern(parts[3])
        path = try pattern(parts[5])
    }

    func matches(_ resource: String, in region: String?, _ value: (PolicyKey) -> String?) -> Bool {
        path.matches(resource, value) && (region.map { self.region.matches($0, value) } ?? true)
    }
}

extension UInt8 {
    fileprivate var isWildcard: Bool { self == UInt8(ascii: "*") || self == UInt8(ascii: "?") }
    fileprivate var isAccountByte: Bool { (0x30...0x39).contains(self) || isWildcard }
    fileprivate var isRegionByte: Bool {
        (0x61...0x7A).contains(self) || (0x30...0x39).contains(self) || self == UInt8(ascii: "-") || isWildcard
    }
}
