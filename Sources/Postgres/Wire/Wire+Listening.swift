extension Wire {
    /// Keeps notifications for `nextNotification`; until `endListening`, nothing else can run.
    nonisolated func beginListening() async throws {
        try await inTurn { wire in
            _ = try wire.ready()
            wire.mode = .listening
        }
    }

    /// Waits for the next notification; `nil` when nobody listens any more.
    nonisolated func nextNotification() async throws -> PostgresNotification? {
        try await inTurn { wire in
            while wire.mode == .listening {
                guard let handle = wire.handle, !handle.isBad else { break }
                if let notification = handle.nextNotification() { return notification }
                _ = try await wire.ready(.read)
                if wire.cancellation.isRequested { throw CancellationError() }
                _ = wire.handle?.consumeInput()
                _ = wire.handle?.isBusy  // makes libpq look at what has arrived
            }
            guard wire.handle?.isBad == false else {
                wire.shut()
                throw PostgresError(.connectionLost, "the connection broke while it listened")
            }
            return nil
        }
    }

    nonisolated func endListening() async throws {
        try await inTurn(shielded: true) { wire in
            guard wire.mode == .listening else { return }
            wire.mode = .statements
            _ = try await wire.script("UNLISTEN *")
            wire.handle?.discardNotifications()
        }
    }
}
