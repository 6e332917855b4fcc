import Crypto
import Foundation
import Testing

@testable import Encryption

/// A sealed file is read as it was written, or not at all.
@Suite struct SealedChunksTests {
    private let keys = MasterKeys(current: MasterKey())
    private let directory: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "miyabi-sealed-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        directory = url.path
    }

    /// Writes a file in parts of odd sizes, and gives its bytes.
    private func sealed(_ data: [UInt8], context: String = "test", name: String = "file") throws -> [UInt8] {
        let path = "\(directory)/\(name)"
        try? FileManager.default.removeItem(atPath: path)
        let writer = try SealedFileWriter(creating: path, keys.current, context: context)
        var rest = data[...]
        while !rest.isEmpty {
            let part = rest.prefix(40_961)
            try writer.append(part)
            rest = rest.dropFirst(part.count)
        }
        try writer.finish()
        return Array(try Data(contentsOf: URL(filePath: path)))
    }

    /// What is read of such a file, front to back.
    private func opened(
        _ bytes: [UInt8], _ keys: MasterKeys? = nil, context: String = "test"
    ) throws -> [UInt8] {
        let path = "\(directory)/changed"
        try Data(bytes).write(to: URL(filePath: path))
        let reader = try SealedFileReader(path, keys ?? self.keys, context: context)
        var data: [UInt8] = []
        try reader.forEach { data += $0 }
        return data
    }

    private func random(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: .min ... .max) } }

    @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000])
    func whatIsWrittenIsRead(count: Int) throws {
        let data = random(count)
        let bytes = try sealed(data)
        #expect(try opened(bytes) == data)
        let reader = try SealedFileReader("\(directory)/file", keys, context: "test")
        #expect(reader.count == count)
        for _ in 0..<20 where count > 0 {
            let start = Int.random(in: 0..<count)
            let length = Int.random(in: 0...(count - start))
            #expect(try reader.bytes(at: start, count: length) == Array(data[start..<(start + length)]))
        }
        #expect(throws: SealedError.self) { try reader.bytes(at: count, count: 1) }
        if count > 32 { #expect(Data(bytes).range(of: Data(data.prefix(32))) == nil) }
    }

    @Test func eachChangedByteIsFound() throws {
        // One chunk of 300 bytes: every byte of header, data and tag.
        let bytes = try sealed(random(300))
        for position in bytes.indices {
            var changed = bytes
            changed[position] ^= UInt8(1) << UInt8.random(in: 0..<8)
            #expect(throws: SealedError.self, "byte \(position)") { try opened(changed) }
        }
        // Some in each chunk of three.
        let long = try sealed(random(180_000))
        for _ in 0..<60 {
            var changed = long
            changed[Int.random(in: changed.indices)] ^= 1
            #expect(throws: SealedError.self) { try opened(changed) }
        }
    }

    @Test func everyLengthButItsOwnIsFound() throws {
        let data = random(150_000)
        let bytes = try sealed(data)
        let chunk = SealedChunks.sealedChunkLength
        let ends = [0, 1, 2].map { SealedChunks.headerLength + $0 * chunk }
        for end in ends.flatMap({ [$0 - 1, $0, $0 + 1, $0 + 16, $0 + 17] }) + [0, 8, bytes.count - 1]
        where end >= 0 && end < bytes.count {
            #expect(throws: SealedError.self, "cut at \(end)") { try opened(Array(bytes[..<end])) }
        }
        #expect(throws: SealedError.self) { try opened(bytes + [0]) }
        #expect(throws: SealedError.self) { try opened(bytes + bytes.suffix(16)) }
    }

    @Test func chunksThatAreMovedDoubledOrOfAnotherFileAreFound() throws {
        let bytes = try sealed(random(250_000))
        let other = try sealed(random(250_000), name: "other")
        let (header, chunk) = (SealedChunks.headerLength, SealedChunks.sealedChunkLength)
        func part(_ bytes: [UInt8], _ index: Int) -> [UInt8] {
            Array(bytes[(header + index * chunk)...].prefix(chunk))
        }
        func file(_ parts: [[UInt8]], head: [UInt8]? = nil) -> [UInt8] {
            (head ?? Array(bytes[..<header])) + parts.flatMap { $0 }
        }
        let parts = (0..<4).map { part(bytes, $0) }
        #expect(try opened(file(parts)).count == 250_000)
        for wrong in [
            file([parts[1], parts[0], parts[2], parts[3]]), file([parts[0], parts[0], parts[1], parts[3]]),
            file([parts[0], parts[2], parts[3]]), file([parts[0], parts[1], parts[2]]),
            file([parts[0], parts[1], part(other, 2), parts[3]]), file(parts, head: Array(other[..<header])),
        ] {
            #expect(throws: SealedError.self) { try opened(wrong) }
        }
    }

    @Test func anotherKeyOrAnotherPlaceOpensNothing() throws {
        let bytes = try sealed(random(100))
        #expect(throws: SealedError.unknownKey) { try opened(bytes, MasterKeys(current: MasterKey())) }
        #expect(throws: SealedError.self) { try opened(bytes, context: "another") }
        // An earlier key still opens what it sealed.
        let rotated = MasterKeys(current: MasterKey(), earlier: keys.all)
        #expect(try opened(bytes, rotated).count == 100)
    }
}

/// Keys as text, and data keys wrapped by them.
@Suite struct KeyTests {
    @Test func keysAreReadAsTheyAreWritten() throws {
        let keys = MasterKeys(current: MasterKey(), earlier: [MasterKey(), MasterKey()])
        #expect(try MasterKeys(text: keys.text) == keys)
        #expect(Set(keys.all.map(\.id)).count == 3)
        for text in ["", "# nothing\n", "miyabi-master-key 1 AAAA\n", keys.text + "more\n", "\0\u{1F600}"] {
            #expect(throws: MasterKeyError.self) { try MasterKeys(text: text) }
        }
        var shown = ""
        dump(keys, to: &shown)
        for key in keys.all { #expect(!shown.contains(key.line.suffix(44)) && !"\(key)".contains(key.line.suffix(44))) }
    }

    @Test func theKeyOfOlderBackupsKeepsItsNameAndSeal() throws {
        // As Miyabi 0.1 wrote and named it.
        let line = "miyabi-backup-key 1 " + Data(0..<32).base64EncodedString()
        let key = try MasterKeys(text: line).current
        #expect(key.id.count == 16 && key.line == line)
        key.sealKey.withUnsafeBytes { #expect(Array($0) == Array(0..<32)) }
    }

    @Test func wrappedKeysOpenWithTheirMasterOnly() throws {
        let master = MasterKey()
        var keys = try DataKeys(wrappedBy: master, at: 1_700_000_000)
        try keys.addKey(wrappedBy: master, at: 1_700_000_001)
        let masters = MasterKeys(current: master)
        let secrets = try keys.secrets(masters)
        #expect(secrets.count == 2 && secrets[0].bytes != secrets[1].bytes)
        #expect(try DataKeys(text: keys.text) == keys)
        let other = MasterKeys(current: MasterKey())
        #expect(throws: DataKeysError.masterMissing(id: master.id)) { try keys.secrets(other) }
        let rotated = MasterKeys(current: MasterKey(), earlier: [master])
        let rewrapped = try keys.rewrapped(rotated)
        #expect(throws: DataKeysError.masterMissing(id: rotated.current.id)) { try rewrapped.secrets(masters) }
        #expect(try rewrapped.secrets(MasterKeys(current: rotated.current)).map(\.bytes) == secrets.map(\.bytes))
    }

    @Test func aChangedLineOfDataKeysIsFound() throws {
        let masters = MasterKeys(current: MasterKey())
        let text = try DataKeys(wrappedBy: masters.current, at: 1_700_000_000).text
        for position in text.utf8.indices {
            var bytes = Array(text.utf8)
            let offset = text.utf8.distance(from: text.startIndex, to: position)
            guard bytes[offset] != UInt8(ascii: "\n") else { continue }
            bytes[offset] = bytes[offset] == UInt8(ascii: "1") ? UInt8(ascii: "2") : UInt8(ascii: "1")
            let changed = String(decoding: bytes, as: UTF8.self)
            #expect(throws: DataKeysError.self) { try DataKeys(text: changed).secrets(masters) }
        }
    }
}
