import Foundation
import Testing

@testable import MiyabiImport

@Suite("LineReader")
struct LineReaderTests {
    func all(_ path: String, atMost count: Int = 7) async throws -> [LineReader.Line] {
        let reader = try LineReader(path: path)
        var lines: [LineReader.Line] = []
        while case let more = try await reader.lines(atMost: count), !more.isEmpty {
            #expect(more.count <= count)
            lines += more
        }
        return lines
    }

    func texts(_ lines: [LineReader.Line]) -> [String?] {
        lines.map { $0.bytes.map { String(decoding: $0, as: UTF8.self) } }
    }

    @Test(
        "reads lines, with and without a last newline, and passes over blank ones but counts them",
        arguments: [
            ("", [], []), ("\n\n", [], []), ("a", ["a"], [1]), ("a\n", ["a"], [1]), ("a\r\nb", ["a\r", "b"], [1, 2]),
            ("\n \t\r\na\n\nb\n", ["a", "b"], [3, 5]),
        ] as [(String, [String], [Int])])
    func lines(text: String, expected: [String], numbers: [Int]) async throws {
        for bytes in [Array(text.utf8), try await gzip(Array(text.utf8))] {
            let lines = try await withTemporaryFile(bytes) { try await all($0) }
            #expect(texts(lines) == expected)
            #expect(lines.map(\.number) == numbers)
        }
    }

    @Test("reads gzip of many pieces and of several members")
    func gzipMembers() async throws {
        let lines = (0..<100_000).map { "line \($0) \(UInt64($0) &* 0x9E37_79B9_7F4A_7C15)" }
        let half = lines.count / 2
        let first = try await gzip(Array((lines[..<half].joined(separator: "\n") + "\n").utf8))
        let second = try await gzip(Array(lines[half...].joined(separator: "\n").utf8))
        let read = try await withTemporaryFile(first + second) { try await all($0, atMost: 10_000) }
        #expect(texts(read) == lines)
    }

    @Test("tells damaged and torn gzip, whatever was read before it")
    func damagedGzip() async throws {
        let whole = try await gzip(Array(String(repeating: "some text\n", count: 10_000).utf8))
        var damaged = whole
        damaged[whole.count - 6] ^= 0xFF
        for bytes in [Array(whole.dropLast(4)), Array(whole.prefix(20)), damaged] {
            let error = await #expect(throws: ImportError.self) {
                try await withTemporaryFile(bytes) { _ = try await all($0) }
            }
            #expect(error?.code == .damagedGzip)
        }
    }

    @Test("names a file that is not there")
    func missing() {
        let error = #expect(throws: ImportError.self) { try LineReader(path: "/nowhere/at-all.ndjson") }
        #expect(error?.code == .unreadable)
        #expect(error?.description == "cannot open /nowhere/at-all.ndjson: No such file or directory")
    }

    @Test("does not keep lines beyond 16 MiB, and goes on after them")
    func longLines() async throws {
        let long = [UInt8](repeating: 0x61, count: LineReader.longestLine + 1)
        let fits = [UInt8](repeating: 0x62, count: LineReader.longestLine)
        let lines = try await withTemporaryFile(long + [0x0A] + fits + [0x0A, 0x63]) { try await all($0) }
        #expect(lines.map { $0.bytes?.count } == [nil, LineReader.longestLine, 1])
        #expect(lines.map(\.number) == [1, 2, 3])
    }

    @Test("stops a batch at a number of bytes, and tells how far it is")
    func positions() async throws {
        try await withTemporaryFile(Array("aaaa\nbbbb\ncc".utf8)) { path in
            let reader = try LineReader(path: path)
            #expect(reader.position == .init(bytes: 0, size: 12))
            #expect(try await reader.lines(atMost: 10, bytes: 5).count == 2)
            #expect(try await reader.lines(atMost: 10, bytes: 5).count == 1)
            #expect(try await reader.lines(atMost: 10, bytes: 5).isEmpty)
            #expect(reader.position == .init(bytes: 12, size: 12))
        }
    }

    @Test("hands out a pipe's lines as they come, and stops waiting when it is cancelled")
    func pipes() async throws {
        let pipe = Pipe()
        let reader = try LineReader(path: "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)")
        for text in ["first\n", "second\nthird\n"] {
            try pipe.fileHandleForWriting.write(contentsOf: Data(text.utf8))
            let lines = try await reader.lines(atMost: 100)
            #expect(texts(lines).compactMap { $0 }.map { $0 + "\n" }.joined() == text)
        }
        #expect(reader.position == .init(bytes: 19, size: nil))
        let waiting = Task { try await reader.lines(atMost: 100) }
        try await Task.sleep(for: .milliseconds(50))
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        #expect(try await reader.lines(atMost: 100).isEmpty)
    }
}
