extension PostgresConfiguration {
    /// How another program of libpq's, such as psql, is told of this server: a connection string for its arguments, which
    /// everybody on the machine can see, and the password for its environment (`PGPASSWORD`), which only its owner can.
    ///
    /// A password for the client's key is in neither: the program asks for it.
    package var forProgram: (arguments: String, password: String?) {
        let shown = options.filter { !Self.secrets.contains($0.keyword) }.map { option in
            "\(option.keyword)='\(option.value.replacing("\\", with: "\\\\").replacing("'", with: "\\'"))'"
        }
        return (shown.joined(separator: " "), options.last { $0.keyword == "password" }?.value)
    }
}
