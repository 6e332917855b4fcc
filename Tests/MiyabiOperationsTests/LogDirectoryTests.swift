import Foundation
import MiyabiHome
import MiyabiSystem
import Testing

@testable import MiyabiOperations

@Suite struct LogDirectoryTests {
    @Test(
        arguments: [
            ("000000010000000000000001", 1, 1), ("0000000200000001000000FF", 2, 511),
            ("00000001FFFFFFFF00000000", 1, 0xFF_FFFF_FF00),
        ] as [(String, UInt32, UInt64)])
    func segmentsAreNumbered(name: String, timeline: UInt32, number: UInt64) throws {
        let segment = try #require(LogSegment(name))
        #expect(segment.timeline == timeline && segment.number == number)
    }

    @Test(arguments: [
        "", "00000001", "000000010000000000000001.partial", "00000002.history", "00000001000000000000000g",
        "000000010000000000000100", "0000000100000000000000ab",
    ])
    func othersAreNone(name: String) {
        #expect(LogSegment(name) == nil)
    }

    @Test func holesAreSeenAndOldOnesTrimmed() throws {
        let path = FileManager.default.temporaryDirectory.path + "/miyabi-log-\(UUID().uuidString)"
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(atPath: path) } }
        let home = MiyabiHome(path: path + "/home")
        let backups = BackupDirectory(path: path + "/backups")
        let log = LogDirectory(of: home, in: backups.path, since: Date(timeIntervalSince1970: 1_764_412_200))
        #expect(try log.names().isEmpty)
        try Files.makeDirectory(log.path)
        // Over the end of a file of 256 segments.
        let names = (254...258).map { "0000000100000000000000FF".prefix(8) + hex($0 / 256) + hex($0 % 256) }
        for name in names + ["0000000100000001000000FF.partial"] { try Files.write("", to: log.file(name)) }
        #expect(try log.names() == names)
        #expect(try log.names(from: names[1], to: names[3]) == Array(names[1...3]))
        #expect(try log.names(from: names[3], to: names[1]) == [])
        #expect(try log.names(from: names[0], to: "000000010000000100000004") == nil)
        try Files.remove(log.file(names[2]))
        #expect(try log.names(from: names[1], to: names[3]) == nil)
        try log.trim(before: names[3])
        #expect(try log.names() == Array(names[3...]))
        #expect(try LogDirectory.all(of: home, in: backups.path) == [log])
        #expect(try LogDirectory.all(of: MiyabiHome(path: "/elsewhere"), in: backups.path).isEmpty)
        #expect(try backups.names().isEmpty)
    }

    private func hex(_ number: Int) -> String { String(format: "%08X", number) }
}
