extension SeededGenerator {
    /// The bytes after one to four changes of the kinds that parsers stumble over.
    ///
    /// - Parameter parts: words of the language, of which some are put in.
    public mutating func mutated(_ bytes: [UInt8], inserting parts: [String]) -> [UInt8] {
        var bytes = bytes
        for _ in 0...Int.random(in: 0...3, using: &self) where !bytes.isEmpty {
            let start = Int.random(in: 0..<bytes.count, using: &self)
            let end = min(bytes.count, start + Int.random(in: 1...16, using: &self))
            switch Int.random(in: 0..<6, using: &self) {
            case 0: bytes[start] = UInt8.random(in: .min ... .max, using: &self)
            case 1: bytes.removeSubrange(start..<end)
            case 2: bytes.insert(contentsOf: bytes[start..<end], at: end)
            case 3: bytes.swapAt(start, Int.random(in: 0..<bytes.count, using: &self))
            case 4: bytes.removeLast(bytes.count - start)
            default: bytes.insert(contentsOf: pick(parts).utf8, at: start)
            }
        }
        return bytes
    }

    /// Bytes that mean nothing.
    public mutating func noise(atMost count: Int) -> [UInt8] {
        (0..<Int.random(in: 0...count, using: &self)).map { _ in UInt8.random(in: .min ... .max, using: &self) }
    }

    /// Words of a language in any order.
    public mutating func words(atMost count: Int, of parts: [String]) -> String {
        (0..<Int.random(in: 0...count, using: &self)).map { _ in pick(parts) }
            .joined(separator: oneIn(2) ? " " : "")
    }
}
