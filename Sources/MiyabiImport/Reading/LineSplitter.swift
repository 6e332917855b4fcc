/// Cuts bytes into lines.
struct LineSplitter: ~Copyable {
    private(set) var source: ByteSource
    private var piece: ArraySlice<UInt8> = []
    private var number = 0

    init(source: consuming ByteSource) {
        self.source = source
    }

    /// Whether the next line needs a read.
    var isDrained: Bool { piece.isEmpty }

    /// The next line that is not blank; nil at the end.
    mutating func next() throws(ImportError) -> LineReader.Line? {
        while let line = try nextOfAny() {
            let isBlank = line.bytes?.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D } ?? false
            if !isBlank { return line }
        }
        return nil
    }

    private mutating func nextOfAny() throws(ImportError) -> LineReader.Line? {
        var bytes: [UInt8] = []
        var isTooLong = false
        var isThere = false
        repeat {
            isThere = isThere || !piece.isEmpty
            let end = piece.firstIndex(of: 0x0A)
            let part = piece[..<(end ?? piece.endIndex)]
            if bytes.count + part.count > LineReader.longestLine {
                isTooLong = true
                bytes = []
            } else if !isTooLong {
                bytes.append(contentsOf: part)
            }
            if let end {
                piece = piece[(end + 1)...]
                break
            }
            piece = []
            guard let next = try source.next() else { break }
            piece = next[...]
        } while true
        guard isThere else { return nil }
        number += 1
        return LineReader.Line(number: number, bytes: isTooLong ? nil : bytes)
    }
}
