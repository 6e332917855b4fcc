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

    @Test func aLockThatIsAskedAboutCanBeTaken() async throws {
        let path = FileManager.default.temporaryDirectory.path + "/miyabi-lock-\(UUID().uuidString)"
        defer { try? Files.remove(path) }
        let asking = Task.detached {
            var count = 0
            while !Task.isCancelled {
                count += FileLock.isHeld(path) ? 1 : 0
                await Task.yield()
            }
            return count
        }
        for _ in 0..<2000 {
            let lock = try #require(try FileLock(path), "somebody only asked")
            #expect(FileLock.holder(path) == ProcessIdentity(pid: getpid()))
            lock.release()
        }
        asking.cancel()
        _ = await asking.value
        #expect(FileLock.holder(path) == nil)
    }

    @Test func aProcessIsNotItsSuccessor() async throws {
        let own = try #require(ProcessIdentity(pid: getpid()))
        #expect(own.isAlive && ProcessIdentity(own.text) == own)
        let child = try await ChildProcess.start(ChildProcess.Command(executable: "/bin/sleep", arguments: ["60"]))
        let now = try #require(ProcessIdentity(pid: child.pid))
        let fields = now.text.split(separator: " ")
        let earlier = try #require(ProcessIdentity("\(fields[0]) 1 \(fields[2])"))
        #expect(!earlier.isAlive)
        try earlier.signal(SIGKILL)
        #expect(now.isAlive)
        try now.signal(SIGTERM)
        #expect(await child.exit == .signal(SIGTERM))
        #expect(!now.isAlive)
    }
}
