import Encryption
import FoundationEssentials
import Glibc
import MiyabiHome
import MiyabiSystem
import Synchronization

/// The encrypted files of backups and archives: whole ones made of others, and back.
enum SealedFiles {
    /// What the names of such files end in, but for those of the engine.
    static let suffix = ".sealed"

    /// What a file of a backup is, so that none can stand in for another.
    static func context(_ name: String) -> String { "backup \(name)" }
    /// What the engine calls its backups of tables: it reads them itself.
    static let tableContext = "table backup"

    /// Makes an encrypted copy of a file.
    static func seal(
        _ path: String, to copy: String, _ key: MasterKey, context: String
    ) throws(OperationsError) {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system("read", path) }
        defer { close(descriptor) }
        try seal(descriptor, path, to: copy, key, context: context) { _ in }
    }

    /// Encrypts what a descriptor gives, up to its end.
    ///
    /// - Parameter onProgress: told of the bytes so far.
    static func seal(
        _ descriptor: Int32, _ path: String, to copy: String, _ key: MasterKey, context: String,
        onProgress: (Int) -> Void
    ) throws(OperationsError) {
        do throws(SealedError) {
            let writer = try SealedFileWriter(creating: copy, key, context: context)
            var buffer = [UInt8](repeating: 0, count: 1 << 18)
            var total = 0
            while true {
                let count = retryingInterrupted { Glibc.read(descriptor, &buffer, buffer.count) }
                guard count >= 0 else {
                    throw .system("cannot read \(path): \(String(cString: strerror(errno)))", errno: errno)
                }
                if count == 0 { break }
                try writer.append(buffer[..<count])
                total += count
                onProgress(total)
            }
            try writer.finish()
        } catch {
            throw OperationsError(error, of: copy)
        }
    }

    /// Writes a small encrypted file.
    static func write(
        _ bytes: [UInt8], to path: String, _ key: MasterKey, context: String
    ) throws(OperationsError) {
        do throws(SealedError) {
            let writer = try SealedFileWriter(creating: path, key, context: context)
            try writer.append(bytes)
            try writer.finish()
        } catch {
            throw OperationsError(error, of: path)
        }
    }

    /// Gives the parts of an encrypted file, in their order.
    static func read(
        _ path: String, _ keys: MasterKeys?, context: String, _ body: ([UInt8]) throws(OperationsError) -> Void
    ) throws(OperationsError) {
        guard let keys else { throw OperationsError(SealedError.unknownKey, of: path) }
        do {
            try SealedFileReader(path, keys, context: context).forEach { part in try body(part) }
        } catch let error as SealedError {
            throw OperationsError(error, of: path)
        } catch let error as OperationsError {
            throw error
        } catch {
            throw OperationsError(.system, "\(error)")
        }
    }

    /// The whole of a small encrypted file.
    static func read(_ path: String, _ keys: MasterKeys?, context: String) throws(OperationsError) -> [UInt8] {
        var bytes: [UInt8] = []
        try read(path, keys, context: context) { part throws(OperationsError) in bytes += part }
        return bytes
    }

    /// Makes a file of an encrypted one, readable by its owner only.
    static func open(
        _ path: String, to copy: String, _ keys: MasterKeys?, context: String
    ) throws(OperationsError) {
        let descriptor = Glibc.open(copy, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .system("write", copy) }
        defer { close(descriptor) }
        try read(path, keys, context: context) { part throws(OperationsError) in
            try Files.writeAll(part, to: descriptor, path: copy)
        }
        guard fsync(descriptor) == 0 else { throw .system("store on disk", copy) }
    }
}

extension OperationsError {
    /// Why an encrypted file of a backup cannot be written or read.
    init(_ error: SealedError, of path: String) {
        switch error {
        case .damaged(let what): self.init(.backup, "\(path) is damaged: \(what)")
        case .unknownKey:
            self.init(
                .key, "\(path) is encrypted with a key that is not here",
                advice: "Name the key's file with --key: the copy that `miyabi key export` made in that home.")
        case .system(let what, _): self.init(.system, what)
        }
    }
}

/// A pipe by name between a program and this process, so that what goes through is on no disk.
struct NamedPipe {
    let path: String

    /// Makes the pipe where nothing is, for this account only.
    init(_ path: String) throws(OperationsError) {
        try Files.remove(path)
        guard mkfifo(path, 0o600) == 0 else { throw .system("make the pipe", path) }
        self.path = path
    }

    func remove() { unlink(path) }

    /// Runs a program that writes into the pipe, and reads it to its end.
    ///
    /// - Parameter body: reads the descriptor, on a thread of its own.
    /// - Returns: how the program ended.
    func collect(
        _ command: ChildProcess.Command, reading body: @escaping @Sendable (Int32) throws(OperationsError) -> Void
    ) async throws(OperationsError) -> ChildProcess.Exit {
        var command = command
        command.output = path
        // A program that opens the pipe waits until somebody reads it.
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system("open the pipe", path) }
        let child: ChildProcess
        do throws(OperationsError) {
            child = try await ChildProcess.start(command)
        } catch {
            close(descriptor)
            throw error
        }
        _ = fcntl(descriptor, F_SETFL, 0)
        let result = await Self.onThread { () throws(OperationsError) in
            // The program gets an error then, and ends.
            defer { close(descriptor) }
            try body(descriptor)
        }
        if case .failure = result { child.signal(SIGTERM) }
        let exit = await child.exit
        try result.get()
        return exit
    }

    /// Runs a program that reads the pipe, and writes into it.
    ///
    /// - Parameter body: writes into the descriptor, on a thread of its own.
    /// - Returns: how the program ended.
    func feed(
        _ command: ChildProcess.Command, writing body: @escaping @Sendable (Int32) throws(OperationsError) -> Void
    ) async throws(OperationsError) -> ChildProcess.Exit {
        var command = command
        command.input = path
        // Else writing to a program that has ended would end this one.
        signal(SIGPIPE, SIG_IGN)
        let holder = open(path, O_RDWR | O_CLOEXEC)
        guard holder >= 0 else { throw .system("open the pipe", path) }
        let child: ChildProcess
        do throws(OperationsError) {
            child = try await ChildProcess.start(command)
        } catch {
            close(holder)
            throw error
        }
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        close(holder)
        guard descriptor >= 0 else {
            child.signal(SIGKILL)
            throw .system("open the pipe", path)
        }
        let result = await Self.onThread { () throws(OperationsError) in
            defer { close(descriptor) }
            try body(descriptor)
        }
        let exit = await child.exit
        // A program that ends early has its own words for why.
        if exit == .code(0) { try result.get() }
        if case .failure(let error) = result, error.code != .system { throw error }
        return exit
    }

    private static func onThread(
        _ body: @escaping @Sendable () throws(OperationsError) -> Void
    ) async -> Result<Void, OperationsError> {
        await withCheckedContinuation { continuation in
            DedicatedThread.start {
                do throws(OperationsError) {
                    try body()
                    continuation.resume(returning: .success(()))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
    }
}
