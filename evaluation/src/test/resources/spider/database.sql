CREATE TABLE Customer (Customer_ID integer PRIMARY KEY, Name text, City text, Age integer, Rating real);
CREATE TABLE Orders (Order_ID integer PRIMARY KEY, Customer_ID integer REFERENCES Customer (Customer_ID), Product_ID integer REFERENCES Product (Product_ID), Quantity integer, Order_Date text);
CREATE TABLE Product (Product_ID integer PRIMARY KEY, Name text, Price real, Category text);
INSERT INTO Customer VALUES (1, 'Ann', 'Oslo', 34, 4.5), (2, 'Bob', 'Rome', 28, 3.0), (3, 'Cem', 'Oslo', 51, NULL), (4, 'Zoë', 'Paris', 28, 2.25);
INSERT INTO Product VALUES (1, 'Lamp', 20.0, 'home'), (2, 'Desk', 150.5, 'office'), (3, 'Pen', 1.0, 'office'), (4, 'Rug', 80.0, 'home');
INSERT INTO Orders VALUES (1, 1, 1, 2, '2020-01-05'), (2, 1, 3, 10, '2020-02-01'), (3, 2, 2, 1, '2020-02-01'), (4, 4, 3, 1, '2021-03-09'), (5, 1, 1, 1, '2021-04-01');
