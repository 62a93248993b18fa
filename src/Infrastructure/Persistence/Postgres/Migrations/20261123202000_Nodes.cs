using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Skytale.Persistence.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Nodes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "connections",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    node_id = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    transport = table.Column<string>(type: "text", nullable: false),
                    agent_id = table.Column<string>(type: "text", nullable: true),
                    account_id = table.Column<string>(type: "text", nullable: true),
                    key_id = table.Column<string>(type: "text", nullable: true),
                    since_ms = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_connections", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "key_packages",
                columns: table => new
                {
                    agent_id = table.Column<string>(type: "text", nullable: false),
                    node_id = table.Column<string>(type: "text", nullable: false),
                    left_over = table.Column<int>(type: "integer", nullable: false),
                    has_last_resort = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_key_packages", x => new { x.agent_id, x.node_id });
                });

            migrationBuilder.CreateTable(
                name: "nodes",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    host = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<string>(type: "text", nullable: false),
                    roles = table.Column<string>(type: "text", nullable: false),
                    started_at_ms = table.Column<long>(type: "bigint", nullable: false),
                    seen_at_ms = table.Column<long>(type: "bigint", nullable: false),
                    drain_ordered_at_ms = table.Column<long>(type: "bigint", nullable: true),
                    drain_ends_at_ms = table.Column<long>(type: "bigint", nullable: true),
                    connections = table.Column<int>(type: "integer", nullable: false),
                    links = table.Column<int>(type: "integer", nullable: false),
                    channels = table.Column<int>(type: "integer", nullable: false),
                    messages = table.Column<long>(type: "bigint", nullable: false),
                    bytes = table.Column<long>(type: "bigint", nullable: false),
                    messages_per_second = table.Column<double>(type: "double precision", nullable: false),
                    bytes_per_second = table.Column<double>(type: "double precision", nullable: false),
                    queue_depth = table.Column<long>(type: "bigint", nullable: false),
                    largest_lag = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_nodes", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_connections_account_id",
                table: "connections",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_connections_agent_id",
                table: "connections",
                column: "agent_id");

            migrationBuilder.CreateIndex(
                name: "ix_connections_node_id",
                table: "connections",
                column: "node_id");

            migrationBuilder.CreateIndex(
                name: "ix_key_packages_node_id",
                table: "key_packages",
                column: "node_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "connections");

            migrationBuilder.DropTable(
                name: "key_packages");

            migrationBuilder.DropTable(
                name: "nodes");
        }
    }
}
