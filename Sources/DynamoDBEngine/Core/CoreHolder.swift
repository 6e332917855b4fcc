internal import DynamoDB
internal import Logging
internal import Synchronization

/// The open core of an engine, and its return after a fault of the disk. ``CoreLife`` decides; this does it.
final class CoreHolder: Sendable {
    private struct Opened: Sendable {
        let core: EngineCore
        let closed: CloseSignal
    }

    private typealias Life = CoreLife<Opened>

    private let options: Engine.Options
    private let logger: Logger
    /// nil only before the first core is open.
    private let life = Mutex<Life?>(nil)
    private let reopening = Mutex<Task<Void, Never>?>(nil)
    /// For opening and for looking at the directory, both of which block.
    private let lane = BlockingLane(label: "miyabi.dynamodb.open")
    private let spares = SpareDescriptors()
    private let start: @Sendable (EngineCore) throws -> Void

    /// - Parameter start: what begins with each core that is opened.
    init(
        _ options: Engine.Options, logger: Logger, start: @escaping @Sendable (EngineCore) throws -> Void
    ) throws {
        self.options = options
        self.start = start
        self.logger = logger
        let opened = try open(generation: 0)
        life.withLock { $0 = Life(opened, at: time) }
        spares.hold()
    }

    private var time: Duration { .seconds(options.clock.monotonic) }

    private func open(generation: Int) throws -> Opened {
        let closed = CloseSignal()
        let core = try EngineCore(options, whenClosed: closed, logger: logger) { [weak self] fault in
            self?.note(fault, generation: generation)
        }
        try start(core)
        return Opened(core: core, closed: closed)
    }

    /// The core, to be let go of when the operation ends.
    ///
    /// - Throws: `InternalServerError` if it is closed.
    func core() throws(DynamoDBError) -> EngineCore {
        let (core, refusal) = life.withLock { ($0?.core?.core, $0?.refusal) }
        guard let core else { throw DynamoDBError(code: .internalServerError, message: refusal ?? "") }
        return core
    }

    /// Throws if a write would not be accepted now, with the error that it would get.
    func checkWritable() throws(DynamoDBError) {
        let core = try core()
        do {
            try core.commits.checkWritable()
        } catch {
            // RocksDB may have stopped in the background. If so, that is noted now.
            throw DynamoDBError(
                code: .internalServerError, message: (error as? StorageError)?.reason ?? "Internal server error")
        }
        if let refusal = life.withLock({ $0?.refusal }) {
            throw DynamoDBError(code: .internalServerError, message: refusal)
        }
    }

    /// Ends all use: waits for operations in flight, and for the files to be closed.
    func close(_ finish: (EngineCore) -> Void) async {
        await closeCore(finish)?.wait()
        let task = reopening.withLock { $0 }
        task?.cancel()
        await task?.value
    }

    /// Gives up the core; the signal tells when nobody uses it any more.
    private func closeCore(_ finish: (EngineCore) -> Void) -> CloseSignal? {
        guard let opened = life.withLock({ $0?.close() }) else { return nil }
        opened.core.stop()
        finish(opened.core)
        return opened.closed
    }

    // MARK: Faults

    /// A write or a sync failed, after which RocksDB makes no other. Returns at once.
    private func note(_ fault: StorageError, generation: Int) {
        // Under one lock with the task, so that a later fault's task waits for this one's.
        reopening.withLock { reopening in
            let step = life.withLock { $0?.fail(fault, generation: generation, at: time) }
            guard let step else { return }
            log(fault, reopens: step != .nothing)
            let earlier = reopening
            reopening = Task.detached {
                await earlier?.value
                await self.go(from: step)
            }
        }
    }

    private func log(_ fault: StorageError, reopens: Bool) {
        let metadata: Logger.Metadata = ["directory": "\(options.directory)", "error": "\(fault)"]
        if reopens {
            logger.error("\(fault.reason): writes fail until the data directory is opened again", metadata: metadata)
        } else {
            logger.critical("\(fault.reason), again: writes are refused. Restore a backup", metadata: metadata)
        }
    }

    private func go(from first: Life.Step) async {
        var step = first
        while step != .nothing {
            do {
                step = try await take(step)
            } catch {
                // The engine was closed meanwhile.
                return
            }
        }
    }

    private func take(_ step: Life.Step) async throws -> Life.Step {
        switch step {
        case .nothing: return .nothing
        case .test(let pause):
            try await Task.sleep(for: pause)
            let isWritable = try await lane.run {
                self.spares.release()
                defer { self.spares.hold() }
                return canBeWritten(self.options.directory)
            }
            return next { $0.tested(isWritable: isWritable) }
        case .release:
            await stopCore()?.wait()
            return next { $0.released() }
        case .open(let pause):
            try await Task.sleep(for: pause)
            let (step, discarded) = try await lane.run { self.reopen() }
            await discarded?.wait()
            return step
        case .discard: return .nothing
        }
    }

    private func next(_ change: (inout Life) -> Life.Step) -> Life.Step {
        life.withLock { life in
            guard var open = life.take() else { return .nothing }
            defer { life = open }
            return change(&open)
        }
    }

    private func stopCore() -> CloseSignal? {
        guard let opened = life.withLock({ $0?.takeCore() }) else { return nil }
        opened.core.stop()
        return opened.closed
    }

    /// - Returns: what is next, and the end of a core that nobody wants any more.
    private func reopen() -> (Life.Step, CloseSignal?) {
        spares.release()
        defer { spares.hold() }
        do {
            let opened = try open(generation: life.withLock { ($0?.generation ?? 0) + 1 })
            let step = next { $0.opened(opened, at: time) }
            guard step == .discard else {
                logger.notice("Writes go on", metadata: ["directory": "\(options.directory)"])
                return (step, nil)
            }
            opened.core.stop()
            return (step, opened.closed)
        } catch {
            let step = next { $0.openingFailed(error) }
            let isFinal = life.withLock { $0?.isDamaged ?? false }
            logger.log(
                level: isFinal ? .critical : .warning,
                isFinal
                    ? "The data directory is damaged: it is not opened again. Restore a backup"
                    : "The data directory could not be opened again",
                metadata: ["directory": "\(options.directory)", "error": "\(error)"])
            return (step, nil)
        }
    }
}
