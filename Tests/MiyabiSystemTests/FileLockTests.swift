import Foundation
import Testing

@testable import MiyabiSystem

@Suite("The lock of a file")
struct FileLockTests {
    @Test func isExclusiveAndEndsWithItsHolder() throws {
        let path = FileManager.default.temporaryDirectory.path + "/miyabi-lock-\(UUID().uuidString)"
        defer { try? Files.remove(path) }
        let lock = try #require(try FileLock(path))
        #expect(FileLock.isHeld(path))
        #expect(try FileLock(path) == nil)
        lock.release()
        #expect(!FileLock.isHeld(path))
        #expect(try FileLock(path) != nil)
    }
}
