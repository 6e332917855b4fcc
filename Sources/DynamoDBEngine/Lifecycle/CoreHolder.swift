internal import DynamoDB
internal import Logging
internal import Synchronization

/// The open core of an engine, and its return after the disk was full.
///
/// Once an append fails for want of space RocksDB refuses all writes, and its own resumption is not to be relied on
/// (facebook/rocksdb issues 11643 and 12998). So the store is closed and opened again as soon as there is space, as
/// after a crash, which loses nothing acknowledged. While there is none, reads go on.
final class CoreHolder: Sendable {
    private struct Opened: Sendable {
        let core: EngineCore
        let closed: CloseSignal
    }

    private enum State {
        case open(Opened)
        /// Closed, to be opened again.
        case reopening
        case closed
    }

    private let options: Engine.Options
    private let logger: Logger
    private let state: Mutex<State>
    private let recovery = Mutex<Task<Void, Never>?>(nil)
    private let opening = BlockingLane(label: "miyabi.dynamodb.open")

    init(_ options: Engine.Options, logger: Logger) throws {
        self.options = options
        self.logger = logger
        state = Mutex(.open(try CoreHolder.open(options, logger)))
    }

    private static func open(_ options: Engine.Options, _ logger: Logger) throws -> Opened {
        let closed = CloseSignal()
        return Opened(core: try EngineCore(options, whenClosed: closed, logger: logger), closed: closed)
    }

    /// The core, to be let go of when the operation ends.
    ///
    /// - Throws: `InternalServerError` if it is closed.
    func core() throws(DynamoDBError) -> EngineCore {
        let (core, reason) = state.withLock { state -> (EngineCore?, String) in
            switch state {
            case .open(let opened): (opened.core, "")
            case .reopening: (nil, "The disk was full; the data directory is being opened again")
            case .closed: (nil, "The engine is closed")
            }
        }
        guard let core else { throw DynamoDBError(code: .internalServerError, message: reason) }
        return core
    }

    /// Ends all use: waits for operations in flight, and for the files to be closed.
    func close(_ finish: (EngineCore) -> Void) async {
        await letGo(leaving: .closed, finish)?.wait()
        let task = recovery.withLock { $0 }
        task?.cancel()
        await task?.value
    }

    /// Gives up the core; the signal tells when nobody uses it any more.
    private func letGo(leaving next: State, _ finish: (EngineCore) -> Void) -> CloseSignal? {
        let opened = state.withLock { state -> Opened? in
            switch (state, next) {
            case (.open(let opened), _):
                state = next
                return opened
            case (_, .closed): state = .closed
            default: break
            }
            return nil
        }
        guard let opened else { return nil }
        opened.core.stop()
        finish(opened.core)
        return opened.closed
    }

    // MARK: The full disk

    /// To be called when a write failed for want of space. Returns at once.
    func noteFullDisk() {
        recovery.withLock { recovery in
            guard recovery == nil else { return }
            logger.error("The disk is full: writes fail until there is space", metadata: directory)
            recovery = Task.detached { await self.recover() }
        }
    }

    private var directory: Logger.Metadata { ["directory": "\(options.directory)"] }

    private func recover() async {
        defer { recovery.withLock { $0 = nil } }
        do {
            while try !DiskSpace(of: options.directory).sufficesForRecovery { try await pause() }
            guard let closed = letGo(leaving: .reopening, { _ in }) else { return }
            await closed.wait()
            while try await !reopen() { try await pause() }
        } catch is CancellationError {
            // The engine was closed meanwhile.
        } catch {
            logger.critical("The data directory cannot be opened again", metadata: ["error": "\(error)"])
        }
    }

    private func pause() async throws {
        try await Task.sleep(for: .milliseconds(250))
    }

    /// - Returns: false if the disk is full again.
    private func reopen() async throws -> Bool {
        do {
            let opened = try await opening.run { try CoreHolder.open(self.options, self.logger) }
            try state.withLock { state throws(CancellationError) in
                // The engine may have been closed meanwhile; then nobody wants the new core.
                guard case .reopening = state else { throw CancellationError() }
                state = .open(opened)
            }
        } catch let error as StorageError where error.kind == .noSpace {
            return false
        }
        logger.notice("There is space again: writes go on", metadata: directory)
        return true
    }
}
