/// What AWS says of values that are none: its newer front words it otherwise than the older one.
extension JSONReader {
    /// A text that is no number.
    func notANumber(_ text: UnsafeBufferPointer<UInt8>, _ fault: DecimalNumber.Fault) -> DynamoDBError {
        let isCurrent = front?.isCurrent == true
        let isReadable = isCurrent || fault == .notANumber || DecimalNumber.hasNarrowScale(text)
        switch isReadable ? fault : .notANumber {
        case .notANumber where isCurrent || !text.isEmpty:
            return .validation("\(DecimalNumber.Fault.notANumber): \(String(decoding: text, as: UTF8.self))")
        case .overflow where !isCurrent && wrapsAround(text):
            return .validation("\(DecimalNumber.Fault.underflow)")
        default:
            return .validation("\(fault)")
        }
    }

    /// Whether the number's power of ten, as the older front computes it in 32 bits, becomes a negative one.
    private func wrapsAround(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let parts = text.split(maxSplits: 1) { $0 | 0x20 == UInt8(ascii: "e") }
        guard parts.count == 2, let exponent = Int32(String(decoding: parts[1], as: UTF8.self)) else { return false }
        let fraction = parts[0].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).dropFirst().first
        let digits = parts[0].filter { $0 >= UInt8(ascii: "0") }.drop { $0 == UInt8(ascii: "0") }
        return Int(exponent) + digits.count - (fraction?.count ?? 0) > Int(Int32.max)
    }

    /// A set of texts that holds one twice.
    ///
    /// - Parameter texts: The elements in the request's order.
    func duplicates(in texts: [String]) -> DynamoDBError {
        guard front?.isCurrent == true else {
            return Self.invalid("Input collection [\(texts.joined(separator: ", "))] contains duplicates.")
        }
        let shown = Self.upToRepeat(texts.map { Array($0.utf8) }).map { "\"\(String(decoding: $0, as: UTF8.self))\"" }
        return Self.invalid("Input collection [\(shown.joined(separator: ", "))] contains duplicates.")
    }

    /// A set of numbers that holds one twice.
    var duplicateNumbers: DynamoDBError {
        let message = "Input collection contains duplicates"
        return front?.isCurrent == true ? Self.invalid("\(message).") : .validation(message)
    }

    /// A set of bytes that holds one element twice.
    ///
    /// - Parameter values: The elements in the request's order.
    func duplicates(in values: [[UInt8]]) -> DynamoDBError {
        func base64(_ bytes: [UInt8]) -> String {
            var text: [UInt8] = []
            Base64.encode(bytes, to: &text)
            return String(decoding: text, as: UTF8.self)
        }
        let shown =
            front?.isCurrent == true
            ? Self.upToRepeat(values).map { "\"\(base64($0))\"" }.joined(separator: ",")
            : values.map(base64).joined(separator: ", ")
        return Self.invalid("Input collection [\(shown)]of type BS contains duplicates.")
    }

    /// The elements as the newer front lists them: sorted up to the first that is there already, the rest as they came.
    private static func upToRepeat(_ values: [[UInt8]]) -> [[UInt8]] {
        var seen: Set<[UInt8]> = []
        let index = values.firstIndex { !seen.insert($0).inserted } ?? values.count
        return values[..<index].sorted { $0.lexicographicallyPrecedes($1) } + values[index...]
    }

    private static func invalid(_ what: String) -> DynamoDBError {
        .validation("One or more parameter values were invalid: \(what)")
    }
}

extension DecimalNumber {
    /// Whether the exponent in a number's text, and the scale that it leaves, fit 32 bits: without that neither AWS's older
    /// front nor PartiQL can read it.
    package static func hasNarrowScale(_ text: some Collection<UInt8>) -> Bool {
        let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 | 0x20 == UInt8(ascii: "e") }
        guard parts.count == 2 else { return true }
        guard let exponent = Int32(String(decoding: parts[1], as: UTF8.self)) else { return false }
        let point = parts[0].firstIndex(of: UInt8(ascii: "."))
        let fraction = point.map { parts[0][$0...].count - 1 } ?? 0
        return Int32(exactly: fraction - Int(exponent)) != nil
    }
}
