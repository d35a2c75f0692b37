//! Files to import, and the floor of importing them: the same rows straight into tables of the same shape, by `COPY` on
//! PostgreSQL and by a prepared insert in one transaction on SQLite. Nothing is compared with what is there, checked, noted
//! or told: that is what an import costs beyond it.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::time::Instant;

use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _};
use uuid::Uuid;

use crate::{Outcome, db, line};

/// Lines of each order.
const LINES: u32 = 3;
/// Rows that are sent at once.
const CHUNK: u32 = 5_000;

/// Writes `orders.csv` and `order-lines.csv` into a folder, as an ERP would; `moved` is another day of delivery for all.
pub fn write(folder: &Path, orders: u32, customer: &str, moved: bool) -> Outcome {
    std::fs::create_dir_all(folder)?;
    let file = |name: &str| File::create(folder.join(name)).map(|file| BufWriter::with_capacity(1 << 20, file));
    let (mut heads, mut lines) = (file("orders.csv")?, file("order-lines.csv")?);
    heads.write_all(b"order_id,customer_id,order_date,required_date,ship_name,ship_address,ship_city,reference\n")?;
    lines.write_all(b"order_id,position,article,title,quantity,unit,price\n")?;
    for order in 0..orders {
        let day = order % 28 + 1;
        let month = if moved { 9 } else { 8 };
        writeln!(
            heads,
            "BENCH-{order:07},{customer},2026-07-{day:02},2026-{month:02}-{day:02},Werk {},Hafenstraße {},Hamm,4500{order:07}",
            order % 7,
            order % 90
        )?;
        for position in 1..=LINES {
            writeln!(
                lines,
                "BENCH-{order:07},{},RF-{},Rolle {order} mit Lager,{position},Stk,{}.50",
                position * 10,
                order % 400,
                order % 900
            )?;
        }
    }
    heads.flush()?;
    lines.flush()?;
    line(&format!("{orders} orders, {} lines", orders * LINES))
}

/// Fills tables of the same shape with as many rows; prints rows per second of orders and of lines.
pub async fn floor(database: &str, orders: u32) -> Outcome {
    let (heads, lines) = if database.starts_with("sqlite:") {
        sqlite(database, orders).await?
    } else {
        postgres(database, orders).await?
    };
    line(&format!("{heads:.0} {lines:.0}"))
}

/// An id of its own for each order, sorted as they come.
fn id(order: u32) -> Uuid {
    Uuid::from_u128(0x019a_0000_0000_7000_8000_0000_0000_0000 | u128::from(order))
}

fn per_second(rows: u32, since: Instant) -> f64 {
    f64::from(rows) / since.elapsed().as_secs_f64()
}

async fn sqlite(database: &str, orders: u32) -> Outcome<(f64, f64)> {
    let mut connection = db::writer(database).await?;
    let shapes: Vec<(String,)> = sqlx::query_as(
        "SELECT sql FROM sqlite_schema WHERE tbl_name IN ('orders', 'order_lines') AND type IN ('table', 'index') AND sql IS NOT NULL ORDER BY type = 'index'",
    )
    .fetch_all(&mut connection)
    .await?;
    for (shape,) in shapes {
        let shape = shape.replace("orders", "floor_orders").replace("order_lines", "floor_order_lines");
        connection.execute(sqlx::raw_sql(AssertSqlSafe(shape))).await?;
    }
    let (customer,): (Uuid,) =
        sqlx::query_as("SELECT id FROM organisations WHERE slug = 'acme'").fetch_one(&mut connection).await?;
    let begun = Instant::now();
    let mut transaction = connection.begin().await?;
    for order in 0..orders {
        sqlx::query("INSERT INTO floor_orders (id, organisation_id, number, title, reference, status, closed, ordered_on, wanted_on, currency, ship_to, carrier, terms, tracking_url, next_step, created_at, changed_at, revision) VALUES ($1, $2, $3, '', $4, 'received', 0, $5, $6, '', $7, '', '', '', '', 0, 0, 1)")
            .bind(id(order)).bind(customer).bind(format!("BENCH-{order:07}")).bind(format!("4500{order:07}"))
            .bind(format!("2026-07-{:02}", order % 28 + 1)).bind(format!("2026-08-{:02}", order % 28 + 1)).bind(format!("Werk {}\nHafenstraße {}\nHamm", order % 7, order % 90))
            .execute(&mut *transaction).await?;
    }
    transaction.commit().await?;
    let heads = per_second(orders, begun);
    let begun = Instant::now();
    let mut transaction = connection.begin().await?;
    for order in 0..orders {
        for position in 1..=LINES {
            sqlx::query("INSERT INTO floor_order_lines (order_id, position, article, title, quantity, unit, price, amount) VALUES ($1, $2, $3, $4, $5, 'Stk', $6, $7)")
                .bind(id(order)).bind(i64::from(position * 10)).bind(format!("RF-{}", order % 400)).bind(format!("Rolle {order} mit Lager"))
                .bind(i64::from(position) * 1000).bind(i64::from(order % 900) * 100 + 50).bind(i64::from(position) * (i64::from(order % 900) * 100 + 50))
                .execute(&mut *transaction).await?;
        }
    }
    transaction.commit().await?;
    let lines = per_second(orders * LINES, begun);
    for table in ["floor_order_lines", "floor_orders"] {
        connection.execute(sqlx::raw_sql(AssertSqlSafe(format!("DROP TABLE {table}")))).await?;
    }
    connection.close().await?;
    Ok((heads, lines))
}

async fn postgres(database: &str, orders: u32) -> Outcome<(f64, f64)> {
    let mut connection = PgConnection::connect(database).await?;
    for (table, of) in [("floor_orders", "orders"), ("floor_order_lines", "order_lines")] {
        let shape = format!("CREATE TABLE {table} (LIKE {of} INCLUDING ALL)");
        connection.execute(sqlx::raw_sql(AssertSqlSafe(shape))).await?;
    }
    let (customer,): (Uuid,) =
        sqlx::query_as("SELECT id FROM organisations WHERE slug = 'acme'").fetch_one(&mut connection).await?;
    let begun = Instant::now();
    let mut copy = connection.copy_in_raw("COPY floor_orders (id, organisation_id, number, title, reference, status, closed, ordered_on, wanted_on, currency, ship_to, carrier, terms, tracking_url, next_step, created_at, changed_at, revision) FROM STDIN").await?;
    let mut text = String::new();
    for order in 0..orders {
        let day = order % 28 + 1;
        writeln!(
            text,
            "{}\t{customer}\tBENCH-{order:07}\t\t4500{order:07}\treceived\tf\t2026-07-{day:02}\t2026-08-{day:02}\t\tWerk {}\\nHafenstraße {}\\nHamm\t\t\t\t\t0\t0\t1",
            id(order),
            order % 7,
            order % 90
        )?;
        if order % CHUNK == CHUNK - 1 {
            copy.send(std::mem::take(&mut text).into_bytes()).await?;
        }
    }
    copy.send(std::mem::take(&mut text).into_bytes()).await?;
    copy.finish().await?;
    let heads = per_second(orders, begun);
    let begun = Instant::now();
    let mut copy = connection
        .copy_in_raw(
            "COPY floor_order_lines (order_id, position, article, title, quantity, unit, price, amount) FROM STDIN",
        )
        .await?;
    for order in 0..orders {
        for position in 1..=LINES {
            let price = order % 900 * 100 + 50;
            writeln!(
                text,
                "{}\t{}\tRF-{}\tRolle {order} mit Lager\t{}\tStk\t{price}\t{}",
                id(order),
                position * 10,
                order % 400,
                position * 1000,
                position * price
            )?;
        }
        if order % CHUNK == CHUNK - 1 {
            copy.send(std::mem::take(&mut text).into_bytes()).await?;
        }
    }
    copy.send(std::mem::take(&mut text).into_bytes()).await?;
    copy.finish().await?;
    let lines = per_second(orders * LINES, begun);
    for table in ["floor_order_lines", "floor_orders"] {
        connection.execute(sqlx::raw_sql(AssertSqlSafe(format!("DROP TABLE {table}")))).await?;
    }
    connection.close().await?;
    Ok((heads, lines))
}
